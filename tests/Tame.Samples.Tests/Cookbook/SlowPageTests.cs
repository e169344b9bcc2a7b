using Microsoft.Extensions.Time.Testing;
using Tame.Testing;

namespace Tame.Samples.Tests.CookbookPrograms;

/// <summary>A test of code with a time limit, by async with a clock that the test moves, and tamed in virtual time.</summary>
public sealed partial class SlowPageTests
{
    #region test-async
    private static async Task<string> AskAsync(Task<string> slow, TimeProvider clock)
    {
        Task limit = Task.Delay(TimeSpan.FromMinutes(5), clock);
        return await Task.WhenAny(slow, limit) == slow ? await slow : "too late";
    }

    [Fact]
    public async Task A_slow_page_is_too_late()
    {
        var clock = new FakeTimeProvider();
        var never = new TaskCompletionSource<string>();
        Task<string> asking = AskAsync(never.Task, clock);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("too late", await asking);
    }
    #endregion

    #region test-tamed
    [Tamed] private static partial void Ask(Action<Event<string>> slow, Event<string> result);

    private static void AskBody(Action<Event<string>> slow, Event<string> result)
    {
        string page;
        bool inTime;
        using (twait())
            slow(mkevent(out page).WithTimeout(TimeSpan.FromMinutes(5), mkevent(out inTime)));
        result.Trigger(inTime ? page : "too late");
    }

    [Fact]
    public void A_slow_page_is_too_late_in_virtual_time()
    {
        var never = new List<Event<string>>();
        Assert.Equal("too late", TestLoop.Run<string>(result => Ask(never.Add, result)));
    }
    #endregion
}
