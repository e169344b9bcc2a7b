#pragma warning disable TAME060 // what is lost here is lost on purpose
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Losses;

/// <summary>
/// Events that nobody can trigger any more, on a real clock. Tame.Package.Tests runs this class in debug and release builds, with and without tiered
/// compilation: a handle that a frame or a register still holds would hide a loss.
/// </summary>
public sealed partial class LossTests
{
    private static int s_line;

    /// <summary>However long collections take on a busy machine, the loop does not put its looks off.</summary>
    private static EventLoopOptions LookAtOnce => new() { LostEvents = LostEventDetection.Aggressive };

    [Fact]
    public void A_lost_event_is_thrown_where_its_block_waits_and_names_the_mkevent() => Check(Catch);

    [Tamed] private static partial void Catch(Event<LostEventException> done);

    private static void CatchBody(Event<LostEventException> done)
    {
        try
        {
            Mark();
            using (twait()) Forget(mkevent());
        }
        catch (LostEventException e)
        {
            done.Trigger(e);
        }
    }

    [Fact]
    public void A_lost_event_of_a_rendezvous_is_joined_as_a_failure() => Check(Join);

    [Tamed] private static partial void Join(Event<LostEventException> done);

    private static void JoinBody(Event<LostEventException> done)
    {
        var rendezvous = new Rendezvous<string>();
        Mark();
        Forget(mkevent(rendezvous, "lost"));
        twait(rendezvous, out var id, out Exception? error);
        if (id == "lost") done.Trigger((LostEventException)error!);
    }

    [Fact]
    public void A_loss_travels_up_the_callers_as_a_failure()
    {
        var loss = Assert.Throws<LostEventException>(() => EventLoop.Run(Outermost, LookAtOnce));
        Assert.Equal((nameof(Deepest), s_line), Named(loss));
        Assert.Contains(nameof(Middle), loss.StackTrace!, StringComparison.Ordinal);
        Assert.Contains(nameof(Outermost), loss.StackTrace!, StringComparison.Ordinal);
    }

    [Tamed] private static partial void Outermost(Event done);

    private static void OutermostBody(Event done)
    {
        using (twait()) Middle(mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Middle(Event done);

    private static void MiddleBody(Event done)
    {
        var rendezvous = new Rendezvous();
        Deepest(mkevent(rendezvous, out int value));
        twait(rendezvous);
        if (value == 0) done.Trigger();
    }

    [Tamed] private static partial void Deepest(Event<int> result);

    private static void DeepestBody(Event<int> result)
    {
        for (var i = 0; i < 3; i++)
            using (twait()) timer(TimeSpan.FromMilliseconds(1), mkevent());
        int value;
        Mark();
        using (twait()) Forget(mkevent(out value).Unblocker);
        result.Trigger(value);
    }

    [Fact]
    public void A_program_whose_last_event_is_lost_ends_with_that_exception() =>
        Assert.Contains("EventLoop.Run", Assert.Throws<LostEventException>(() => EventLoop.Run(Silent, LookAtOnce)).Message, StringComparison.Ordinal);

    [Tamed] private static partial void Silent(Event done);

    private static void SilentBody(Event done)
    {
        using (twait()) asap(mkevent());
    }

    private static readonly Rendezvous s_kept = new();

    [Fact]
    public void A_rendezvous_kept_in_a_static_whose_handle_is_dropped_is_noticed() => Check(WaitForKept);

    [Tamed] private static partial void WaitForKept(Event<LostEventException> done);

    private static void WaitForKeptBody(Event<LostEventException> done)
    {
        Mark();
        Forget(mkevent(s_kept));
        try
        {
            twait(s_kept);
        }
        catch (LostEventException e)
        {
            done.Trigger(e);
        }
    }

    [Fact]
    public void What_the_body_holds_is_not_finalized_under_it()
    {
        EventLoop.Run(Hold, LookAtOnce);
        Assert.True(s_heldLength > 0);
    }

    private static long s_heldLength;

    [Tamed] private static partial void Hold(Event done);

    private static void HoldBody(Event done)
    {
        var file = File.OpenRead(typeof(LossTests).Assembly.Location);
        var watched = new Finalized();
        try
        {
            using (twait()) Forget(mkevent());
        }
        catch (LostEventException)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (!watched.IsFinalized && !file.SafeFileHandle.IsClosed) s_heldLength = file.Length;
        }

        file.Dispose();
        done.Trigger();
    }

    /// <summary>Runs a method that catches the loss, and compares the line that the exception names with the one marked.</summary>
    private static void Check(Action<Event<LostEventException>> method, [CallerFilePath] string file = "")
    {
        var loss = EventLoop.Run(method, LookAtOnce);
        Assert.Equal((method.Method.Name, s_line), Named(loss));
        Assert.EndsWith(Path.GetFileName(file), loss.File, StringComparison.Ordinal);
        Assert.Contains($"LossTests.cs:{s_line}", loss.Message, StringComparison.Ordinal);
    }

    private static (string, int) Named(LostEventException loss) => (loss.Method[(loss.Method.LastIndexOf('.') + 1)..], loss.Line);

    private static void Mark([CallerLineNumber] int line = 0) => s_line = line + 1;

    private static void Forget(Event e) => GC.KeepAlive(e.IsPending);

    private sealed class Finalized
    {
        public bool IsFinalized;

        ~Finalized() => IsFinalized = true;
    }
}
