namespace Tame.Dashboards.Serving;

/// <summary>The server-sent events of one stream. It remembers only the last sent frame, so a slow stream skips the frames between.</summary>
internal sealed class EventFeed(Viewer viewer)
{
    private Frame? _sent;
    private int _version = -1;

    /// <summary>The events that are due, in their order.</summary>
    public List<(string Name, string Data)> Next()
    {
        var events = new List<(string, string)>();
        if (viewer.Frame is not { } frame || ReferenceEquals(frame, _sent))
            return events;
        events.Add(("figures", frame.Figures));
        if (frame.Version != _version)
            events.Add(("graph", frame.Svg));
        events.Add(("counts", frame.Counts));
        (_sent, _version) = (frame, frame.Version);
        return events;
    }
}
