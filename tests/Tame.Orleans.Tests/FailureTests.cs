using Tame.Orleans.Tests.Grains;

namespace Tame.Orleans.Tests;

/// <summary>Failures, losses and cancellations of requests.</summary>
[Collection(nameof(Cluster))]
public sealed class FailureTests(Cluster cluster)
{
    [Fact]
    public async Task A_failure_arrives_with_the_tamed_calls_that_it_crossed_on_both_silos()
    {
        var first = await cluster.On<IFailing>(cluster.First);
        var second = await cluster.On<IFailing>(cluster.Second);
        var failure = await Assert.ThrowsAsync<FormatException>(() => first.FailThere(second, "far away").WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        Assert.Equal("far away", failure.Message);
        int place = -1;
        foreach (string method in new[] { "FailDeeper", "FailHere", "AskToFail" })
        {
            int next = failure.StackTrace!.IndexOf($"FailingGrain.{method}", place + 1, StringComparison.Ordinal);
            Assert.True(next > place, $"{method} is not in its place:\n{failure.StackTrace}");
            place = next;
        }
        Assert.Contains("Failing.cs:line", failure.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_event_fails_the_request_and_names_its_line_and_the_grain_goes_on()
    {
        var grain = await cluster.On<IFailing>(cluster.Second);
        var loss = await Assert.ThrowsAsync<LostEventException>(() => grain.Lose().WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        Assert.Contains("FailingGrain.LoseOne at ", loss.Message, StringComparison.Ordinal);
        Assert.Contains("Failing.cs:", loss.Message, StringComparison.Ordinal);
        Assert.Equal(("", "", 0), (loss.Method, loss.File, loss.Line));     // only the text travels
        Assert.Equal(42, await grain.Answer());
    }

    [Fact]
    public async Task A_call_of_a_grain_to_itself_deadlocks_and_a_time_limit_breaks_it()
    {
        var grain = await cluster.On<IFailing>(cluster.First);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.AskItself(TimeSpan.FromMilliseconds(200)).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        Assert.Equal(42, await grain.Answer().WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_chain_of_calls_comes_back_into_its_grain_where_the_tamed_caller_allows_it()
    {
        var first = await cluster.On<IFailing>(cluster.First);
        var second = await cluster.On<IFailing>(cluster.Second);
        Assert.Equal(42, await first.AskAround(second, isAllowed: true).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<TimeoutException>(() => first.AskAround(second, isAllowed: false).WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_token_that_is_passed_on_ends_the_body_and_one_of_InvokeAsync_ends_the_request_alone()
    {
        foreach (bool passesOn in new[] { true, false })
        {
            var grain = await cluster.On<IFailing>(cluster.Second);
            using var cancellation = new CancellationTokenSource();
            var request = grain.Wait(passesOn, cancellation.Token);
            Assert.Equal("waits", Diary.Read(grain.GetPrimaryKey()));      // a cancellation may overtake its request
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(Cluster.Hang, TestContext.Current.CancellationToken));
            string told = "";
            while ((told = await grain.Told()).Length == 0)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            Assert.Equal(passesOn ? "cancelled" : "waited to the end", told);
        }
    }
}
