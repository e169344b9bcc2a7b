namespace Tame.Language.Tests.Depth;

/// <summary>Recursive tamed methods that fail at the bottom.</summary>
internal static partial class Failing
{
    public static int Left;

    /// <summary>The failure crosses each call as a failure of its event.</summary>
    [Tamed] public static partial void Crosses(int depth, Event done);

    private static void CrossesBody(int depth, Event done)
    {
        if (depth == 0)
            throw new TimeoutException("at the bottom");
        using (twait()) Crosses(depth - 1, mkevent());
        done.Trigger();
    }

    /// <summary>As <see cref="Crosses"/>, and each call throws it again.</summary>
    [Tamed] public static partial void Unwinds(int depth, Event done);

    private static void UnwindsBody(int depth, Event done)
    {
        if (depth == 0)
            throw new TimeoutException("at the bottom");
        try
        {
            using (twait()) Unwinds(depth - 1, mkevent());
        }
        finally
        {
            Left++;
        }

        done.Trigger();
    }

    /// <summary>No event takes the failure.</summary>
    [Tamed] public static partial void Falls(int depth);

    private static void FallsBody(int depth)
    {
        if (depth == 0)
            throw new TimeoutException("at the bottom");
        Falls(depth - 1);
    }

    /// <summary>The event of each call is complete when the failure comes.</summary>
    [Tamed] public static partial void FallsLate(int depth, Event done);

    private static void FallsLateBody(int depth, Event done)
    {
        done.Trigger();
        if (depth == 0)
            throw new TimeoutException("at the bottom");
        FallsLate(depth - 1, done);
    }

    [Tamed] public static partial void StartsLate();

    private static void StartsLateBody()
    {
        using (twait()) FallsLate(Recursions.Deepest, mkevent());
    }

    [Tamed] public static partial void Returns(int depth, out int result);

    private static void ReturnsBody(int depth, out int result)
    {
        result = 0;
        if (depth == 0)
            return;
        Returns(depth - 1, out int below);
        result = below + 1;
    }

    /// <summary>It makes no event, so that it may run without a loop.</summary>
    [Tamed] public static partial void Descends(int depth);

    private static void DescendsBody(int depth)
    {
        if (depth > 0)
            Descends(depth - 1);
    }
}
