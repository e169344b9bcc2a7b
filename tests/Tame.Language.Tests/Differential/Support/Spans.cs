namespace Tame.Language.Tests.Differential.Support;

/// <summary>What programs do with spans: some of it hands its argument on, some does not.</summary>
public static class Spans
{
    public static Span<T> Tail<T>(Span<T> span) => span.IsEmpty ? span : span[1..];

    public static ReadOnlySpan<T> Tail<T>(ReadOnlySpan<T> span) => span.IsEmpty ? span : span[1..];

    public static Span<T> First<T>(Span<T> span, scoped ReadOnlySpan<T> other) => other.Length > 1 ? span : [];

    public static ReadOnlySpan<T> First<T>(ReadOnlySpan<T> span, scoped ReadOnlySpan<T> other) => other.Length > 1 ? span : [];

    public static Span<T> Longer<T>(Span<T> one, Span<T> other) => one.Length > other.Length ? one : other;

    public static ReadOnlySpan<T> Longer<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other) => one.Length > other.Length ? one : other;

    public static int Sum(scoped ReadOnlySpan<int> span)
    {
        int sum = 0;
        foreach (int item in span)
            sum = unchecked(sum + item);
        return sum;
    }

    public static int Sum(scoped ReadOnlySpan<char> span) => span.Length == 0 ? 0 : span[0] + span.Length;
}
