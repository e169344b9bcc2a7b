using System.Text;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Creates the exceptions for events that no code can trigger.</summary>
internal static class LostEvents
{
    private const int Named = 8;

    /// <summary>The exception for an explicit event.</summary>
    public static LostEventException Of(ClosureType site, int line) =>
        new($"The event made in {site.Method} at {site.File}:{line} was lost{Why}", site.Method, site.File, line);

    /// <summary>The exception for all pending events of a block.</summary>
    public static LostEventException In(ClosureType site, ref Cell first, CallExtras? extras)
    {
        var lines = new List<int>();
        if (first.IsPending)
            lines.Add(first.Line);
        for (int i = 0; extras is not null && i < extras.More.Count; i++)
        {
            ref var cell = ref extras.More[i];
            if (cell.IsPending)
                lines.Add(cell.Line);
        }
        if (lines.Count == 1)
            return Of(site, lines[0]);
        var text = new StringBuilder($"{lines.Count} events made in {site.Method} at ");
        text.AppendJoin(", ", lines.Distinct().Take(Named).Select(line => $"{site.File}:{line}"));
        text.Append(" were lost").Append(Why);
        return new LostEventException(text.ToString(), site.Method, site.File, lines[0]) { Count = lines.Count };
    }

    /// <summary>The exception for the event of a main of <see cref="EventLoop.Run(Action{Event}, EventLoopOptions?)"/>.</summary>
    public static LostEventException OfMain() =>
        new($"The event that EventLoop.Run gave to its main was lost{Why} If main is an asynchronous function, it awaits a task that no code can complete.", "Tame.EventLoop.Run", "", 0);

    /// <summary>The exception for the event of a call of <see cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/>.</summary>
    /// <param name="called">The name of the call: see <see cref="CallNames.Keep"/>.</param>
    public static LostEventException OfInvocation(object? called) =>
        new($"The event that EventLoop.InvokeAsync gave to {CallNames.Describe(called)} was lost{Why}", "Tame.EventLoop.InvokeAsync", "", 0);

    private const string Why =
        ": no reference to it remains, so nothing can trigger it. Some path of the code that received it neither triggers it nor passes it on.";
}
