using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>Work of all kinds at the same time, while grains are deactivated under it.</summary>
[Collection(nameof(Cluster))]
public sealed class SoakTests(Cluster cluster)
{
    [Fact]
    public async Task Mixed_work_on_both_silos_adds_up()
    {
        var summers = new List<ISummer>();
        var failing = new List<IFailing>();
        for (int i = 0; i < 8; i++)
        {
            summers.Add(await cluster.On<ISummer>(i % 2 == 0 ? cluster.First : cluster.Second));
            failing.Add(await cluster.On<IFailing>(i % 2 == 0 ? cluster.Second : cluster.First));
        }
        var workers = Enumerable.Range(0, 16).Select(number => Work(number, summers[number % 8], failing));
        var totals = await Task.WhenAll(workers).WaitAsync(2 * Cluster.Hang, TestContext.Current.CancellationToken);
        Assert.All(totals, total => Assert.Equal(25 * (SumTests.Squares(20) + SumTests.Squares(7)) + 25 * 42 + 25, total));
    }

    /// <summary>What one client does: sums, a failure, an answer, a deactivation, and again.</summary>
    private async Task<long> Work(int number, ISummer summer, List<IFailing> failing)
    {
        long total = 0;
        for (int round = 0; round < 25; round++)
        {
            int caller = 2 * (number + round);      // calls go from even to odd: grains that call each other would wait for each other
            var own = failing[caller % failing.Count];
            var sums = new[] { summer.Sum(20, 1 + round % 10), summer.SumAlone(7) };
            total += (await Task.WhenAll(sums)).Sum();
            total += await own.Answer();
            string message = $"{number}/{round}";
            total += (await Assert.ThrowsAsync<FormatException>(() => own.FailThere(failing[(caller + 3) % failing.Count], message))).Message == message ? 1 : 0;
            if (round % 5 == 0)
            {
                var ending = cluster.Grains.GetGrain<IEnding>(Guid.NewGuid());
                await ending.StartInBackground();
                await ending.Deactivate();
            }
        }
        return total;
    }
}
