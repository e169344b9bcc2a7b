using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Detects cheaply whether a thread's execution context or synchronization context has changed. It reads the field of a known thread, whereas
/// ExecutionContext.Capture looks the thread up first.
/// </summary>
internal static class ThreadContext
{
    private static readonly bool s_isDirect = CanReadField();
    private static ExecutionContext? s_default;

    /// <summary>A mark of the context of this thread, which is <paramref name="thread"/>. Equal marks mean equal contexts.</summary>
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
    /// Gives this thread the default context, so that what follows captures nothing. Returns the argument for <see cref="PutBack"/>. No user code may run in
    /// between, because AsyncLocals are not notified.
    /// </summary>
    public static ExecutionContext? Take(Thread thread)
    {
        if (!s_isDirect)
            return null;
        var context = Field(thread);
        Field(thread) = null;
        return context;
    }

    /// <summary>Restores the context that <see cref="Take"/> took from this thread.</summary>
    public static void PutBack(Thread thread, ExecutionContext? context)
    {
        if (s_isDirect)
            Field(thread) = context;
    }

    /// <summary>Restores the context of a mark. Does nothing if the flow was suppressed.</summary>
    public static void Restore(ExecutionContext? mark)
    {
        if (mark is not null)
            ExecutionContext.Restore(mark);
        else if (s_isDirect)
            ExecutionContext.Restore(s_default ??= CaptureDefault());
    }

    /// <summary>Gives a thread the default context. The user's AsyncLocals are notified.</summary>
    /// <param name="mark">The <see cref="Mark"/> of this thread.</param>
    public static void RestoreDefault(ExecutionContext? mark)
    {
        if (mark is not null || !s_isDirect)
            ExecutionContext.Restore(s_default ??= CaptureDefault());
    }

    /// <summary>The default context. The field of a thread on which nothing was set is null, which means this context.</summary>
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
