#pragma warning disable TAME064 // the task is complete
namespace Tame.Language.Tests.Hazards;

/// <summary>Local functions beside waits: called before their declaration and from every part, of every form, whether they stay or become methods.</summary>
public sealed partial class FunctionTests
{
    [Fact]
    public void Functions_are_called_before_their_declaration_and_in_every_part_of_a_try() => Assert.Equal(
        "first1 try02 ?try3 ?boom04 filter05 ?filter6 catch07 ?catch8 boom09 finally010 ?finally11 waited012 ?waited13 try114 ?try15 ?boom116 filter117 ?filter18 catch119 ?catch20 boom121 finally122 ?finally23 waited124 ?waited25 25",
        Trace.Of(EveryPart));

    [Tamed] private static partial void EveryPart(Trace trace, Event done);

    private static void EveryPartBody(Trace trace, Event done)
    {
        var count = 0;
        Say("first");
        Func<string, bool> later = Ask;
        for (var i = 0; i < 2; i++)
        {
            try
            {
                Own("try");
                using (twait()) asap(mkevent());
                throw new InvalidOperationException("boom" + i);
            }
            catch (InvalidOperationException e) when (Ask(e.Message) && Own("filter"))
            {
                Own("catch");
                using (twait()) asap(mkevent());
                Say(e.Message);
            }
            finally
            {
                Own("finally");
                using (twait()) asap(mkevent());
                Own("waited");
            }

            bool Own(string part)
            {
                Say(part + i);
                return later(part);
            }
        }

        trace.Add(count);
        done.Trigger();

        void Say(string what) => trace.Add(what + ++count);

        bool Ask(string what)
        {
            Say("?" + what);
            return true;
        }
    }

    [Fact]
    public void Functions_may_be_generic_async_and_iterators() => Assert.Equal(
        "0 0 own 1 0 0 own 1 (0, own, 2) (True, 0, own, 3) (0, own, 3) (True, 0, own, 4)",
        Trace.Of((trace, done) => new Nest<string>().Forms(trace, "own", [1, 2], done)));

    private sealed partial class Nest<T>
    {
        private int _calls;

        [Tamed] public partial void Forms<TItem>(Trace trace, T value, List<TItem> items, Event done) where TItem : struct;

        private void FormsBody<TItem>(Trace trace, T value, List<TItem> items, Event done) where TItem : struct
        {
            var all = new List<Func<object?>>();
            foreach (var item in items)
            {
                TItem copy = item;
                T other = value;
                all.Add(() => (copy, other, _calls));
                all.Add(Pair<TItem>);
                var read = All(2);
                using (twait()) asap(mkevent());
                copy = default;
                foreach (var each in read) trace.Add(each);
                trace.Add(Soon(copy).Result);
                trace.Add(Twice<List<T>, TItem>([other], default)().Item1.Count);

                object? Pair<TOther>() => (typeof(TOther) == typeof(TItem), copy, other, ++_calls);

                IEnumerable<TItem> All(int times)
                {
                    while (times-- > 0) yield return copy;
                    _calls++;
                }

                async Task<T> Soon(TItem _)
                {
                    await Task.CompletedTask;
                    return other;
                }

                Func<(TFirst, TSecond, TItem)> Twice<TFirst, TSecond>(TFirst first, TSecond second) where TFirst : class, IEnumerable<T> => () => (first, second, copy);
            }

            foreach (var each in all) trace.Add(each());
            done.Trigger();
        }
    }

    [Fact]
    public void Functions_that_become_methods_keep_their_parameters() =>
        Assert.Equal("14 3 7 6n\"1Friday' 14n\"1Friday' p030 q3345 0,42,11 3 13 n\"114seed3", Trace.Of(Parameters));

    [Tamed] private static partial void Parameters(Trace trace, Event done);

    private static void ParametersBody(Trace trace, Event done)
    {
        const int Limit = 7;
        const string Name = "n\"1";
        var seed = 3;
        var cells = new int[3];
        Func<object?> escape = () => Optional(1) + Spread("s", 1, 2);
        using (twait()) asap(mkevent());
        var x = 5;
        trace.Add(Change(ref x, out var y, 2));
        trace.Add($"{x} {y}");
        trace.Add(Optional(b: 2, a: 1));
        trace.Add(Optional(a: 4));
        trace.Add(Spread("p"));
        trace.Add(Spread("q", 4, 5, 6));
        Cell(1) = 42;
        Cell(index: 2)++;
        ref var last = ref Cell(2);
        last += 10;
        trace.Add(string.Join(",", cells));
        trace.Add(escape());
        trace.Add(Outer(3));
        Func<string> named = Constant;
        trace.Add(named());
        done.Trigger();

        int Change(ref int a, out int b, in int c)
        {
            escape = () => seed;
            b = a + c;
            a = seed;
            return b * c;
        }

        string Optional(int a, int b = Limit, string c = Name, DayOfWeek day = DayOfWeek.Friday, double? none = null, char letter = '\'')
        {
            Func<int> sum = () => a + b + seed;
            return $"{sum()}{c}{day}{none}{letter}";
        }

        string Spread(string head, params int[] rest) => head + rest.Length + seed + rest.Sum(each => each * seed);

        ref int Cell(int index)
        {
            Func<int> at = () => index + (seed * 0);
            return ref cells[at()];
        }

        int Outer(int n)
        {
            return n == 0 ? Inner(n) : n + Outer(n - 1);

            int Inner(int m)
            {
                Func<int> all = () => m + n + seed;
                return all() + Square(2);

                static int Square(int v) => v * v;
            }
        }

        string Constant()
        {
            const int Own = 2;
            Func<string> text = () => $"{Name}{Limit * Own}{nameof(seed)}{seed}";
            return text();
        }
    }

    [Fact]
    public void A_recursive_function_that_becomes_a_method_meets_its_own_variables_each_time() => Assert.Equal("33 32 31 132 232 332 33 32 33 32 31 232 332 432 33 32", Trace.Of(Recursive));

    [Tamed] private static partial void Recursive(Trace trace, Event done);

    private static void RecursiveBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        for (var i = 0; i < 2; i++)
        {
            var depth = 0;
            Down(3);
            using (twait()) asap(mkevent());
            Up(2);
            depth *= 10;

            void Down(int n)
            {
                var level = n + i;
                depth++;
                if (n > 1) Down(n - 1);
                else Up(n);
                all.Add(() => (100 * level) + depth + i);
            }

            void Up(int n)
            {
                if (n < 3) Up(n + 1);
                all.Add(() => n + depth);
            }
        }

        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void Functions_in_nested_blocks_of_one_name_are_kept_apart() => Assert.Equal("1Int32 sString 3 26", Trace.Of(OneName));

    [Tamed] private static partial void OneName(Trace trace, Event done);

    private static void OneNameBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        {
            var x = 1;
            using (twait()) asap(mkevent());
            all.Add(Get);
            int Get() => x++;
        }

        {
            var x = 10L;
            using (twait()) asap(mkevent());
            all.Add(() => (int)Get());
            long Get() => x += Get2();
            static int Get2() => 2;
        }

        {
            trace.Add(Get(1));
            using (twait()) asap(mkevent());
            trace.Add(Get("s"));
            static string Get<T>(T value) => value + typeof(T).Name;
        }

        foreach (var each in all) trace.Add(each() + each());
        done.Trigger();
    }
}
