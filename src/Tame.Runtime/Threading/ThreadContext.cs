using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Tells cheaply whether a thread's execution context or synchronization context has changed. It reads the field of a known thread, where
/// ExecutionContext.Capture looks the thread up first.
/// </summary>
internal static class ThreadContext
{
    private static readonly bool s_isDirect = CanReadField();
    private static ExecutionContext? s_default;

    /// <summary>Stands for the context of this thread, which is <paramref name="thread"/>: equal as long as the context is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ExecutionContext? Mark(Thread thread) => s_isDirect ? Field(thread) : ExecutionContext.Capture();

    /// <summary>The synchronization context of this thread, which is <paramref name="thread"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SynchronizationContext? Synchronization(Thread thread) =>
        s_isDirect ? SynchronizationField(thread) : SynchronizationContext.Current;

    /// <summary>Sets the synchronization context of this thread, which is <paramref name="thread"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetSynchronization(Thread thread, SynchronizationContext? context)
    {
        if (s_isDirect)
            SynchronizationField(thread) = context;
        else
            SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>
    /// Gives this thread the default context, so that what comes next captures nothing, and returns what <see cref="PutBack"/> needs. No code of a user's
    /// may run in between, for no AsyncLocal is told of it.
    /// </summary>
    public static ExecutionContext? Take(Thread thread)
    {
        if (!s_isDirect)
            return null;
        var context = Field(thread);
        Field(thread) = null;
        return context;
    }

    /// <summary>Gives this thread back the context that <see cref="Take"/> took.</summary>
    public static void PutBack(Thread thread, ExecutionContext? context)
    {
        if (s_isDirect)
            Field(thread) = context;
    }

    /// <summary>Puts back the context that a mark stands for; nothing where the flow was suppressed.</summary>
    public static void Restore(ExecutionContext? mark)
    {
        if (mark is not null)
            ExecutionContext.Restore(mark);
        else if (s_isDirect)
            ExecutionContext.Restore(s_default ??= CaptureDefault());
    }

    /// <summary>Gives a thread the default context, which a user's AsyncLocals are told of.</summary>
    /// <param name="mark">What <see cref="Mark"/> says of this thread.</param>
    public static void RestoreDefault(ExecutionContext? mark)
    {
        if (mark is not null || !s_isDirect)
            ExecutionContext.Restore(s_default ??= CaptureDefault());
    }

    /// <summary>The field of a thread that nobody has set anything on is null, which stands for this.</summary>
    private static ExecutionContext CaptureDefault()
    {
        ExecutionContext? context = null;
        var thread = new Thread(() => context = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return context!;
    }

    private static bool CanReadField()
    {
        try
        {
            _ = Field(Thread.CurrentThread);
            _ = SynchronizationField(Thread.CurrentThread);
            return true;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_executionContext")]
    private static extern ref ExecutionContext? Field(Thread thread);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_synchronizationContext")]
    private static extern ref SynchronizationContext? SynchronizationField(Thread thread);
}
