namespace Tame.Language.Tests.Failures.FiveFiles;

public sealed partial class TraceTests
{
    [Tamed] private static partial void Fourth(bool afterWait, Event<int> result);

    private static void FourthBody(bool afterWait, Event<int> result)
    {
        using (twait()) asap(mkevent());
        int value;
        Mark(4);
        using (twait()) Fifth(afterWait, mkevent(out value));
        result.Trigger(value);
    }
}
