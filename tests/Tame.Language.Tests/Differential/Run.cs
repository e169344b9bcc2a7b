using Tame.Language.Tests.Differential.Support;

namespace Tame.Language.Tests.Differential;

/// <summary>One side of a program on a loop of its own, in virtual time, until nothing can happen any more; with all losses noticed where that is asked for.</summary>
internal sealed class Run(bool noticesLosses)
{
    /// <summary>Whether each call starts from the ready queue, on both sides; it flows to the threads that a test starts.</summary>
    public static AsyncLocal<bool> StartsLater { get; } = new();

    /// <summary>
    /// Whether the policy is resource-aware, and a resource is scarce that no call takes or gives back. Then all calls have equal rank, and they run in the
    /// order of their arrival. On both sides.
    /// </summary>
    public static AsyncLocal<bool> IsScarce { get; } = new();

    private readonly long _start = Environment.TickCount64;

    public World World { get; } = new();

    public TimeSpan Age => TimeSpan.FromMilliseconds(Environment.TickCount64 - _start);

    /// <summary>What it did, and what became of its event.</summary>
    public string To(Action<World, Event> main)
    {
        StackLimit.IsAlwaysShort = StartsLater.Value;
        using var loop = Loop();
        loop.UnhandledException += (_, unhandled) =>
        {
            World.Write("unhandled:" + World.Text(unhandled.Exception));
            unhandled.Handled = true;
        };
        var task = loop.InvokeAsync(done => main(World, done));
        try
        {
            RunDry(loop);
            while (noticesLosses && Collected() && loop.RunOnce())
                RunDry(loop);
        }
        catch (Exception error)
        {
            World.Write($"the loop ends with {error}");
        }
        World.Write(task.IsFaulted ? $"failed:{World.Text(task.Exception.InnerException)}" : task.IsCompleted ? "done" : "blocked");
        return World.ToString();
    }

    private static EventLoop Loop()
    {
        Tame.Resource[] scarce = IsScarce.Value ? [new Tame.Resource("scarce", 1)] : [];
        var loop = new EventLoop(new EventLoopOptions
        {
            VirtualTime = true,
            OnExit = ExitBehavior.Abandon,
            Resources = scarce,
            Scheduling = IsScarce.Value ? SchedulingPolicy.ResourceAware : SchedulingPolicy.FirstInFirstOut,
        });
        Array.ForEach(scarce, resource => resource.Take());
        return loop;
    }

    private void RunDry(EventLoop loop)
    {
        while (loop.RunOnce())
            World.Step();
    }

    private static bool Collected()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return true;
    }
}
