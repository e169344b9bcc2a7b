using System.Diagnostics;

namespace Tame.CompilerServices;

// The span of a call in a trace: from its start to the end of its body, waits included.
public abstract partial class Closure
{
    private void BeginSpan()
    {
        if (CallSpans.Start(Type) is not { } span)
            return;
        (Extras ??= new CallExtras()).Span = span;
        _marks |= Marks.Traced;
    }

    /// <summary>The body has ended.</summary>
    /// <param name="error">The exception that escaped it, or null.</param>
    private void EndSpan(Exception? error)
    {
        if ((_marks & Marks.Traced) == 0)
            return;
        _marks &= ~Marks.Traced;
        var span = Extras!.Span!;
        Extras.Span = null;
        CallSpans.Stop(span, error);
    }
}
