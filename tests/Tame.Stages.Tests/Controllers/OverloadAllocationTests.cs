namespace Tame.Stages.Tests.Controllers;

[Collection(nameof(Alone))]
public sealed class OverloadAllocationTests
{
    [Fact]
    public void A_request_allocates_nothing()
    {
        var controller = new OverloadController(new OverloadOptions { Targets = [TimeSpan.FromMilliseconds(10)] });
        Serve(controller, 0, 50_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int admitted = Serve(controller, 50_000, 50_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(admitted, 1, 49_999);
        Assert.True(controller.Rate(0) > 1000);
    }

    private static int Serve(OverloadController controller, int from, int count)
    {
        int admitted = 0;
        for (int i = from; i < from + count; i++)
        {
            var now = TimeSpan.FromMicroseconds(100 * i);
            if (controller.TryAdmit(0, now))
            {
                admitted++;
                controller.Observe(0, TimeSpan.FromMilliseconds(i / 10_000 % 2 == 0 ? 50 : 1), now);
            }
            controller.RetryAfter(0, now);
        }
        return admitted;
    }
}
