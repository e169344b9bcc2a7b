using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME040Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME040");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'span' is a ref struct and its value is needed after the wait in line 9; end its use before the wait, or copy what it refers to"],
        await s_rule.Reports("""
        ReadOnlySpan<int> [|span|] = numbers;
        Use(span.Length);
        using (twait()) asap(mkevent());
        Use(span[0]);
        """));

    [Theory]
    [InlineData("""
        ref int [|first|] = ref numbers[0];
        using (twait()) asap(mkevent());
        first++;
        """)]
    [InlineData("""
        unsafe
        {
            int x = 1;
            int* [|p|] = (int*)n;
            using (twait()) asap(mkevent());
            Use(*p + x);
        }
        """)]
    [InlineData("""
        var [|text|] = "abc".AsSpan();
        while (Choose())
        {
            Use(text.Length);
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        var r = new Rendezvous();
        Span<int> [|memory|] = stackalloc int[3];
        twait(r);
        memory[0] = 1;
        """)]
    [InlineData("""
        foreach (var i in [|numbers.AsSpan()|])
        {
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        foreach ([|ref int|] i in [|numbers.AsSpan()|])
        {
            if (i > 3) continue;
            asap(done);
            foreach (var j in numbers) using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        if (numbers.AsSpan() is { Length: 3 } [|three|])
        {
            using (twait()) asap(mkevent());
            Use(three[0]);
        }
        """)]
    [InlineData("""
        public ref struct Guard { public void Dispose() { } }

        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                using var [|guard|] = new Guard();
                using (twait()) asap(mkevent());
            }
        }
        """)]
    [InlineData("""
        Span<int> [|all|] = numbers;
        using (twait()) asap(mkevent());
        switch (n)
        {
            case 1: all = numbers; break;
            case 2: all = numbers; break;
        }

        Use(all.Length);
        """)]
    [InlineData("""
        [Tamed] public static partial void Write<T>(Event done) where T : struct, IFormattable, allows ref struct;

        private static void WriteBody<T>(Event done) where T : struct, IFormattable, allows ref struct
        {
            T [|value|] = new T();
            using (twait()) asap(mkevent());
            Use(value.ToString(null, null));
            done.Trigger();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Hold<T>(Event done) where T : IDisposable, new(), allows ref struct;

        private static void HoldBody<T>(Event done) where T : IDisposable, new(), allows ref struct
        {
            using ([|new T()|]) using (twait()) asap(mkevent());
            done.Trigger();
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        ReadOnlySpan<int> span = numbers;
        Use(span.Length);
        using (twait()) asap(mkevent());
        span = numbers;
        Use(span.Length);
        {
            Span<int> memory = stackalloc int[3];
            ref int first = ref memory[0];
            first++;
        }

        foreach (var i in numbers.AsSpan()) Use(i);
        foreach (ref var i in numbers.AsSpan()) i++;
        using (twait()) asap(mkevent());
        unsafe
        {
            fixed (int* p = numbers) Use(*p);
        }

        foreach (var i in numbers)
        {
            var part = numbers.AsSpan(i);
            Use(part.Length);
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        using (twait()) asap(mkevent());
        Span<int> all;
        switch (n > 3)
        {
            case true: all = numbers; break;
            case false: all = numbers.AsSpan(1); break;
        }

        Use(all.Length);
        using (twait()) asap(mkevent());
        switch ((object?)box)
        {
            case null: all = numbers; break;
            case Box { Value: >= 0 } or not Box when n > 7: all = default; break;
            case not null:
                all = numbers;
                break;
        }

        Use(all.Length);
        using (twait()) asap(mkevent());
        switch (n, Choose())
        {
            case (>= 0, _): all = numbers; break;
            case (< 0, true): all = numbers; break;
            case (_, false): all = numbers; break;
        }

        Use(all.Length);
        """)]
    [InlineData("""
        Span<int> all;
        switch (Choose())
        {
            case true:
                using (twait()) asap(mkevent());
                all = numbers;
                break;
            case false:
                all = numbers;
                break;
        }

        Use(all.Length);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
