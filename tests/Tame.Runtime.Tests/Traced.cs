using System.Diagnostics.Tracing;

namespace Tame.Runtime.Tests;

/// <summary>Listens to the event source <c>Tame</c> while it lives.</summary>
internal sealed class Traced : EventListener
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _told = new();

    /// <summary>The events, as "name: text".</summary>
    public IEnumerable<string> Told => _told;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Tame")
            EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _told?.Enqueue($"{eventData.EventName}: {eventData.Payload?[0]}");
}
