using System.Diagnostics;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The activity source <c>Tame</c>: a span for each call of a tamed method, for loops whose options enable it. Use it on the loop's thread.</summary>
internal static class CallSpans
{
    private static readonly ActivitySource s_source = new("Tame", typeof(CallSpans).Assembly.GetName().Version?.ToString(3));

    /// <summary>A call begins. Its span is a child of the caller's, and is current from now on. Returns null if no listener wants it.</summary>
    public static Activity? Start(ClosureType type)
    {
        var span = s_source.StartActivity(type.Method);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("code.function.name", type.Method);
            span.SetTag("code.file.path", type.File);
        }
        return span;
    }

    /// <summary>The call has ended. The current activity does not change.</summary>
    public static void Stop(Activity span, Exception? error)
    {
        if (error is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, error.Message);
            span.AddException(error);
        }
        var current = Activity.Current;
        span.Stop();
        Activity.Current = ReferenceEquals(current, span) ? span.Parent : current;
    }

    /// <summary>The running code ends a wait of the call. If that code belongs to another trace, adds a link to it.</summary>
    public static void Link(Activity span)
    {
        if (Activity.Current is { } waker && waker.TraceId != span.TraceId)
            span.AddLink(new ActivityLink(waker.Context));
    }
}
