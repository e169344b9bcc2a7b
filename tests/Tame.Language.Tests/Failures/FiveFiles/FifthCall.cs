namespace Tame.Language.Tests.Failures.FiveFiles;

public sealed partial class TraceTests
{
    [Tamed] private static partial void Fifth(bool afterWait, Event<int> result);

    private static void FifthBody(bool afterWait, Event<int> result)
    {
        if (afterWait)
        {
            using (twait()) asap(mkevent());
        }
        Mark(5);
        result.Trigger(Overflow(s_lines[5]));
    }
}
