namespace Tame.Language.Tests.Failures.FiveFiles;

public sealed partial class TraceTests
{
    [Tamed] private static partial void Second(bool afterWait, Event done);

    private static void SecondBody(bool afterWait, Event done)
    {
        var finished = false;
        try
        {
            Mark(2);
            using (twait()) Third(afterWait, mkevent());
            finished = true;
        }
        finally
        {
            if (finished) done.Trigger();
        }
    }
}
