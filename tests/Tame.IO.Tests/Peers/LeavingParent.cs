namespace Tame.IO.Tests.Peers;

/// <summary>Starts a process, says its number, disposes it, and ends at once.</summary>
internal static partial class LeavingParent
{
    [Tamed]
    public static partial void Run(Event done);

    private static void RunBody(Event done)
    {
        twait(e => ChildProcess.Start(new ChildProcessOptions("sleep") { Arguments = ["600"] }, e), out ChildProcess child);
        Console.WriteLine(child.Id);
        child.Dispose();
        done.Trigger();
    }
}
