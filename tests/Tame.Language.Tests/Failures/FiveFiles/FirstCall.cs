namespace Tame.Language.Tests.Failures.FiveFiles;

public sealed partial class TraceTests
{
    [Tamed] private static partial void First(bool afterWait, Event done);

    private static void FirstBody(bool afterWait, Event done)
    {
        Mark(1);
        using (twait()) Second(afterWait, mkevent());
        done.Trigger();
    }
}
