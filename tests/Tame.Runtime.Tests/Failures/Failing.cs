namespace Tame.Runtime.Tests.Failures;

/// <summary>Blocks that fail, and how they look from outside.</summary>
internal static class Failing
{
    /// <summary>Runs one block, and returns what it throws.</summary>
    /// <param name="isThrown">The wait is in a try region: the block throws. Else the failure leaves the body without a throw.</param>
    /// <param name="block">What is in the block.</param>
    public static Exception Block(bool isThrown, Action<Call> block) => Assert.ThrowsAny<Exception>(() => Loops.Run(done => Block(isThrown, block, done)));

    /// <summary>Starts a call with one block.</summary>
    public static void Block(bool isThrown, Action<Call> block, Event done) => Call.Start(
        c =>
        {
            if (c.State == 0)
            {
                c.EnterBlock();
                block(c);
                if (!c.BlockDone(1))
                    return;
            }
            if (isThrown)
                c.EndBlockOrThrow();
            else if (!c.EndBlock())
                return;
            c.Done.Trigger();
        },
        done);

    /// <summary>The messages of an exception and of its other failures.</summary>
    public static string[] Messages(this Exception thrown) => [thrown.Message, .. thrown.OtherFailures().Select(other => other.Message)];

    /// <summary>The lines of a trace that tell of other failures.</summary>
    public static string[] OthersInTrace(this Exception thrown) =>
        [.. thrown.StackTrace!.Split('\n').Where(line => line.StartsWith("   also failed: ", StringComparison.Ordinal)).Select(line => line["   also failed: ".Length..])];

    public static Exception Error(string message) => new InvalidOperationException(message);
}
