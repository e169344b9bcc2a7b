using System.Collections.Concurrent;

namespace Tame.Hosting.Tests;

/// <summary>Mains and calls for the tests. What they do is told to a list.</summary>
internal static partial class Mains
{
    /// <summary>Waits for the stop, and then for a little time.</summary>
    [Tamed] public static partial void Drain(EventLoopContext context, ConcurrentQueue<string> told, Event done);

    private static void DrainBody(EventLoopContext context, ConcurrentQueue<string> told, Event done)
    {
        told.Enqueue("runs");
        twait(e => context.Stopping(e));
        told.Enqueue("stops");
        twait(e => timer(TimeSpan.FromMilliseconds(20), e));
        told.Enqueue("has drained");
        done.Trigger();
    }

    /// <summary>Waits for an hour, and when it is cancelled, for so long.</summary>
    [Tamed] public static partial void Wait(ConcurrentQueue<string> told, TimeSpan cleanup, Event done);

    private static void WaitBody(ConcurrentQueue<string> told, TimeSpan cleanup, Event done)
    {
        try
        {
            twait(e => timer(TimeSpan.FromHours(1), e));
        }
        finally
        {
            told.Enqueue("is cancelled");
            twait(e => timer(cleanup, e));
            told.Enqueue("has cleaned up");
        }
        done.Trigger();
    }

    /// <summary>Asks for the stop, and goes on all the same.</summary>
    [Tamed] public static partial void Ignore(EventLoopContext context, ConcurrentQueue<string> told, Event done);

    private static void IgnoreBody(EventLoopContext context, ConcurrentQueue<string> told, Event done)
    {
        twait(e => context.Stopping(e));
        twait(e => Wait(told, TimeSpan.FromMilliseconds(1), e));
        done.Trigger();
    }

    /// <summary>Fails, when a task has completed.</summary>
    [Tamed] public static partial void Fail(Task gate, Exception failure, Event done);

    private static void FailBody(Task gate, Exception failure, Event done)
    {
        if (!gate.IsCompleted)
            twait(gate);
        throw failure;
    }

    /// <summary>Calls what fails, which gives the failure a trace of two calls.</summary>
    [Tamed] public static partial void CallFail(Task gate, Exception failure, Event done);

    private static void CallFailBody(Task gate, Exception failure, Event done)
    {
        twait(e => Fail(gate, failure, e));
        done.Trigger();
    }

    /// <summary>Fails when its loop ends.</summary>
    [Tamed] public static partial void FailAtEnd(Exception failure, Event done);

    private static void FailAtEndBody(Exception failure, Event done)
    {
        try
        {
            twait(e => timer(TimeSpan.FromHours(1), e));
        }
        catch (OperationCanceledException)
        {
            throw failure;
        }
        done.Trigger();
    }

    /// <summary>Loses an event, and catches what comes of it.</summary>
    [Tamed] public static partial void Lose(Event done);

    private static void LoseBody(Event done)
    {
        try
        {
            twait(e => Drop(e));
        }
        catch (LostEventException)
        {
        }
        done.Trigger();
    }

    /// <summary>Waits for an hour, or until the event is cancelled.</summary>
    [Tamed] public static partial void WaitForCaller(Event done);

    private static void WaitForCallerBody(Event done)
    {
        using (twait())
        {
            timer(TimeSpan.FromHours(1), mkevent().WithCancellation(done.Token));
            timer(TimeSpan.FromHours(1), mkevent().WithCancellation(done.Token));
        }
        done.Trigger();
    }

    private static void Drop(Event e) => _ = e;
}
