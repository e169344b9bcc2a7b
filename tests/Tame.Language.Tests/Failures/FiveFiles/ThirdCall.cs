namespace Tame.Language.Tests.Failures.FiveFiles;

public sealed partial class TraceTests
{
    [Tamed] private static partial void Third(bool afterWait, Event done);

    private static void ThirdBody(bool afterWait, Event done)
    {
        var rendezvous = new Rendezvous<string>();
        Fourth(afterWait, mkevent(rendezvous, "fourth", out int value));
        Mark(3);
        twait(rendezvous, out var id);
        done.Trigger();
        GC.KeepAlive((id, value));
    }
}
