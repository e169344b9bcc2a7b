using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Replaces the stack trace of an exception by a text. For exceptions that were never thrown, .NET has a public API
/// (<c>ExceptionDispatchInfo.SetRemoteStackTrace</c>). For others it has none, so this class sets the underlying fields of CoreCLR and NativeAOT. On a runtime
/// that has neither, traces stay unchanged.
/// </summary>
internal static class StackTraceText
{
    private static readonly Action<Exception, string> s_set = Find(SetOnCoreClr, SetOnNativeAot);

    public static void Set(Exception exception, string text) => s_set(exception, text);

    private static Action<Exception, string> Find(params ReadOnlySpan<Action<Exception, string>> ways)
    {
        foreach (var way in ways)
        {
            try
            {
                way(new InvalidOperationException(), "");
                return way;
            }
            catch (MissingFieldException)
            {
                // This is another runtime.
            }
        }
        return static (_, _) => { };
    }

    private static void SetOnCoreClr(Exception exception, string text)
    {
        Frames(exception) = null;
        Text(exception) = text;
    }

    private static void SetOnNativeAot(Exception exception, string text)
    {
        FrameCount(exception) = 0;
        FrameAddresses(exception) = null;
        Text(exception) = text;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_remoteStackTraceString")]
    private static extern ref string? Text(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stackTrace")]
    private static extern ref object? Frames(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_idxFirstFreeStackTraceEntry")]
    private static extern ref int FrameCount(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_corDbgStackTrace")]
    private static extern ref nint[]? FrameAddresses(Exception exception);
}
