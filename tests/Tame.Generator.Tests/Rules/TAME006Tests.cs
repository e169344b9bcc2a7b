using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME006Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME006");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["Parameter 'count' of tamed method 'Count' is a ref parameter, which cannot be kept while the method waits; pass an object that holds the value, or an event that takes the result"],
        await s_rule.Reports("""
        [Tamed] public static partial void Count(ref int [|count|], Event done);

        private static void CountBody(ref int count, Event done) => done.Trigger();
        """));

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Count(in int [|count|]);
        private static void CountBody(in int count) { }
        """)]
    [InlineData("""
        [Tamed] public static partial void Count(ref readonly int [|count|]);
        private static void CountBody(ref readonly int count) { }
        """)]
    [InlineData("""
        [Tamed] public static partial void Count(Span<int> [|numbers|], ReadOnlySpan<char> [|text|], Event done);
        private static void CountBody(Span<int> numbers, ReadOnlySpan<char> text, Event done) { }
        """)]
    [InlineData("""
        [Tamed] public static partial void Count(params ReadOnlySpan<int> [|numbers|]);
        private static void CountBody(ReadOnlySpan<int> numbers) { }
        """)]
    [InlineData("""
        [Tamed] public static partial void Count(out Span<int> [|numbers|]);
        private static void CountBody(out Span<int> numbers) => numbers = default;
        """)]
    [InlineData("""
        [Tamed] public static partial void Count<T>(T [|item|]) where T : allows ref struct;
        private static void CountBody<T>(T item) where T : allows ref struct { }
        """)]
    [InlineData("""
        [Tamed] public static unsafe partial void Count(int* [|first|], delegate*<void> [|then|]);
        private static unsafe void CountBody(int* first, delegate*<void> then) { }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Count(out int count, Memory<int> numbers, int? n, Event<int> e, params string[] names);
        private static void CountBody(out int count, Memory<int> numbers, int? n, Event<int> e, string[] names) => count = 1;
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
