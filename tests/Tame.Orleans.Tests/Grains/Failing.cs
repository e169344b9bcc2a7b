using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Tame.Orleans.Tests.Grains;

/// <summary>A grain whose tamed code fails, or is never answered.</summary>
public interface IFailing : IPlaced
{
    Task Fail(string message);

    /// <summary>Calls Fail of another grain, which is on the other silo, and waits for it in tamed code.</summary>
    Task FailThere(IFailing other, string message);

    /// <summary>Waits for an event that nothing can trigger.</summary>
    Task Lose();

    Task<int> Answer();

    /// <summary>A call of the grain to itself.</summary>
    Task<int> AskItself(TimeSpan limit);

    /// <summary>Calls another grain, which calls this one back.</summary>
    Task<int> AskAround(IFailing other, bool isAllowed);

    Task<int> AnswerBy(IFailing other);

    /// <summary>Waits until the token is cancelled. The body ends by the token where it passes it on.</summary>
    Task Wait(bool passesOn, CancellationToken token);

    Task<string> Told();
}

[TamedGrain]
internal sealed partial class FailingGrain(ILocalSiloDetails silo) : Grain, IFailing
{
    private string _told = "";

    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());

    public Task Fail(string message) => this.GetEventLoop().InvokeAsync(done => FailHere(message, done));

    public Task FailThere(IFailing other, string message) => this.GetEventLoop().InvokeAsync(done => AskToFail(other, message, done));

    public Task Lose() => this.GetEventLoop().InvokeAsync(done => LoseOne(done));

    public Task<int> Answer() => this.GetEventLoop().InvokeAsync<int>(answer => GiveAnswer(answer));

    public Task<int> AskItself(TimeSpan limit) => this.GetEventLoop().InvokeAsync<int>(answer => AskMe(limit, answer));

    public Task<int> AskAround(IFailing other, bool isAllowed) => this.GetEventLoop().InvokeAsync<int>(answer => AskAndBeAsked(other, isAllowed, answer));

    public Task<int> AnswerBy(IFailing other) => this.GetEventLoop().InvokeAsync<int>(answer => other.Answer().Trigger(answer));

    public Task Wait(bool passesOn, CancellationToken token) => passesOn
        ? this.GetEventLoop().InvokeAsync(done => WaitFor(token, done), CancellationToken.None)
        : this.GetEventLoop().InvokeAsync(done => WaitFor(CancellationToken.None, done), token);

    public Task<string> Told() => Task.FromResult(_told);

    [Tamed] private partial void FailHere(string message, Event done);

    private void FailHereBody(string message, Event done)
    {
        twait(e => FailDeeper(message, e));
        done.Trigger();
    }

    [Tamed] private partial void FailDeeper(string message, Event done);

    private void FailDeeperBody(string message, Event done)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        throw new FormatException(message);
    }

    [Tamed] private partial void AskToFail(IFailing other, string message, Event done);

    private void AskToFailBody(IFailing other, string message, Event done)
    {
        twait(other.Fail(message));
        done.Trigger();
    }

    [Tamed] private partial void LoseOne(Event done);

    private void LoseOneBody(Event done)
    {
        twait(e => Drop(e));
        done.Trigger();
    }

    [Tamed] private partial void GiveAnswer(Event<int> answer);

    private void GiveAnswerBody(Event<int> answer)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        answer.Trigger(42);
    }

    [Tamed] private partial void AskMe(TimeSpan limit, Event<int> answer);

    private void AskMeBody(TimeSpan limit, Event<int> answer)
    {
        twait(e => this.AsReference<IFailing>().Answer().Trigger(e.WithTimeout(limit)), out int mine);
        answer.Trigger(mine);
    }

    [Tamed] private partial void AskAndBeAsked(IFailing other, bool isAllowed, Event<int> answer);

    private void AskAndBeAskedBody(IFailing other, bool isAllowed, Event<int> answer)
    {
        using var reentrancy = isAllowed ? RequestContext.AllowCallChainReentrancy() : default(IDisposable);
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        twait(e => other.AnswerBy(this.AsReference<IFailing>()).Trigger(e.WithTimeout(TimeSpan.FromSeconds(isAllowed ? 30 : 0.3))), out int mine);
        answer.Trigger(mine);
    }

    [Tamed] private partial void WaitFor(CancellationToken token, Event done);

    private void WaitForBody(CancellationToken token, Event done)
    {
        Diary.Write(this.GetPrimaryKey(), "waits");
        try
        {
            twait(e => timer(TimeSpan.FromMilliseconds(600), e.WithCancellation(token)));
            _told = "waited to the end";
        }
        catch (OperationCanceledException)
        {
            _told = "cancelled";
            throw;
        }
        done.Trigger();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(Event e)
    {
    }
}
