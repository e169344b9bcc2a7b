namespace Outcomes;

/// <summary>Where calls wait, and how they get from one wait to the next.</summary>
public static partial class Profiles
{
    #region profile
    [Tamed] public static partial void Serve(TextWriter output, Event done);

    private static void ServeBody(TextWriter output, Event done)
    {
        var loop = EventLoop.Current!;
        loop.Profile(ProfileMode.On);
        for (int request = 0; request < 3; request++)
            twait(e => Answer(request, e));
        foreach (var edge in loop.BlockingGraph.Edges)
            output.WriteLine($"{edge.Count} {edge.Kind}: {Name(edge.From)} -> {Name(edge.To)}");
        done.Trigger();
    }

    [Tamed] private static partial void Answer(int request, Event done);

    private static void AnswerBody(int request, Event done)
    {
        if (request != 1)
            twait(e => timer(TimeSpan.FromMilliseconds(5), e));
        twait(e => asap(e));
        done.Trigger();
    }

    private static string Name(WaitPoint point) => point.Kind == WaitPointKind.Wait ? point.Text : $"{point.Kind} of {point.Method}";
    #endregion
}
