namespace Tame;

/// <summary>The loop of each thread.</summary>
internal static class LoopThread
{
    [ThreadStatic]
    public static EventLoop? Current;
}
