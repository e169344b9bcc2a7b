using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME042Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME042");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'v' is a slot in the header of a loop, which generated code cannot capture for a lambda; declare what the lambda needs in a separate block before it"],
        await s_rule.Reports("""
        using (twait())
            while (mkevent(out int [|v|]).Trigger(n) && n-- > 0) { Action use = () => Use(v); use(); }
        """));

    [Theory]
    [InlineData("""
        private static ref int Pick(Span<int> numbers, Func<int, bool> choose) => ref numbers[choose(0) ? 0 : 1];
        [Tamed] public static partial void Run(int[] numbers, Event done);
        private static void RunBody(int[] numbers, Event done)
        {
            foreach (var i in numbers)
            {
                ref int [|alias|] = ref Pick([i, 2], x => x == i);
                alias = 1;
                using (twait()) asap(mkevent());
            }

            done.Trigger();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Run<T>(T value, Event done);
        private static void RunBody<T>(T value, Event done)
        {
            Func<string, string> get = Get;
            using (twait()) asap(mkevent());
            get("");
            done.Trigger();
        #pragma warning disable CS8387
            T [|Get|]<T>(T own) => value is null ? own : default!;
        }
        """)]
    [InlineData("""
        private static ref T Pick<T>(T[] items, Func<T, bool> choose) => ref items[Array.FindIndex(items, n => choose(n))];
        [Tamed] public static partial void Run(int[] numbers, Event done);
        private static void RunBody(int[] numbers, Event done)
        {
            foreach (var i in numbers)
            {
                ref var [|alias|] = ref Pick(new[] { new { Number = 1 } }, x => x.Number == i);
                Use(alias.Number);
                using (twait()) asap(mkevent());
            }

            done.Trigger();
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        foreach (var i in numbers)
        {
            int place = numbers.Count(x => x == i);
            Span<int> rest = numbers.Where(x => x == i).ToArray();
            Use(rest.Length);
            ref int alias = ref numbers[place];
            alias = 1;
            using (twait()) asap(mkevent());
        }

        foreach (var i in numbers)
        {
            ref int alias = ref numbers[numbers.Count(x => x == i)];
            alias = 1;
            ref int called = ref numbers.Where(x => x == i).ToArray()[new Lazy<int>(() => i).Value];
            called = 1;
            Span<int> both = [1, numbers.Count(x => x == i)];
            Use(both[0]);
            Span<Func<int>> all = [() => i];
            Use(all[0]());
            ref int inSpan = ref both[numbers.Count(x => x == i)];
            Use(inSpan);
            using (twait()) asap(mkevent());
        }

        foreach (var i in numbers)
        {
            using (twait()) asap(mkevent());
            scoped Span<int> both;
            both = [1, numbers.Count(x => x == i)];
            Use(both[0]);
        }

        using (twait())
        {
            while (n-- > 0)
            {
                mkevent(out int v).Trigger(n);
                Action use = () => Use(v);
                use();
            }

            for (int i = 0, w; i < 2; i++)
            {
                mkevent(out w).Trigger(n);
                Action use = () => Use(w);
                use();
            }
        }
        """)]
    [InlineData("""
        private static ref int Pick(int[] numbers, Func<int, bool> choose) => ref numbers[Array.FindIndex(numbers, n => choose(n))];
        [Tamed] public static partial void Run(int[] numbers, Event done);
        private static void RunBody(int[] numbers, Event done)
        {
            foreach (var i in numbers)
            {
                ref int alias = ref Pick(numbers, x => x == i);
                ref readonly int other = ref (i > 1 ? ref Pick(numbers, x => x == i) : ref numbers[0]);
                scoped ref var third = ref Pick(numbers, delegate(int x) { return x == i; });
                ref Func<bool> made = ref new Func<bool>[] { () => i == 1 }[0];
                alias = other + third;
                Use(made());
                using (twait()) asap(mkevent());
            }

            done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
