using Tame.Generator.Lowering;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME041Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME041");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'span[0]' cannot be a slot: it is a ref return, whose owner cannot be found; use a local, a parameter, a static field, an array element or a field of an object",
            "'first' cannot be a slot: it is a ref local; use a local, a parameter, a static field, an array element or a field of an object",
            "'box.ByRef()' cannot be a slot: it is a ref return, whose owner cannot be found; use a local, a parameter, a static field, an array element or a field of an object"],
        await s_rule.Reports("""
        Span<int> span = numbers;
        ref int first = ref numbers[0];
        using (twait())
        {
            Get(mkevent([|out span[0]|]));
            Get(mkevent([|out first|]));
            Get(mkevent([|out box.ByRef()|]));
        }
        """));

    [Theory]
    [InlineData("""
        var r = new Rendezvous<int>();
        Get(mkevent(r, 1, [|out box[3]|]));
        twait(r, [|out numbers.AsSpan()[0]|]);
        """)]
    [InlineData("""
        unsafe
        {
            int x = 0;
            int* p = &x;
            using (twait()) Get(mkevent([|out *p|]));
        }
        """)]
    [InlineData("""
        unsafe
        {
            var p = (Pair*)n;
            using (twait()) Get(mkevent([|out p->A|]));
        }
        """)]
    [InlineData("""
        using (twait()) Get(mkevent([|out (n > 3 ? ref numbers[0] : ref numbers[1])|]));
        """)]
    [InlineData("""
        [Tamed] public static partial void Start(out int id, Event done);
        private static void StartBody(out int id, Event done)
        {
            id = 1;
            using (twait()) Get(mkevent([|out id|]));
        }
        """)]
    [InlineData("""
        public ref struct Guard { public int Field; public ref int Ref; }

        public static partial class Sample
        {
            private static void Get(Event<int> e) => e.Trigger(1);
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                var guard = new Guard();
                using (twait())
                {
                    Get(mkevent([|out guard.Ref|]));
                    Get(mkevent([|out guard.Field|]));
                }
            }
        }
        """)]
    [InlineData("""
        [System.Runtime.CompilerServices.InlineArray(4)]
        public struct Four { public int First; }

        public static partial class Sample
        {
            private static void Get(Event<int> e) => e.Trigger(1);
            private static Four s_four;
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                Four four = default;
                using (twait())
                {
                    Get(mkevent([|out four[1]|]));
                    Get(mkevent([|out s_four[2]|]));
                }
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        int local = 0;
        int[,] table = new int[2, 2];
        Pair[] pairs = new Pair[2];
        Pair pair = default;
        using (twait())
        {
            Get(mkevent(out local));
            Get(mkevent(out n));
            Get(mkevent(out _field!));
            Get(mkevent(out this._field));
            Get(mkevent(out s_field));
            Get(mkevent(out Sample.s_field));
            Get(mkevent(out numbers[n++]));
            Get(mkevent(out table[0, n]));
            Get(mkevent(out box.Value));
            Get(mkevent(out new Box().Pair.A));
            Get(mkevent(out pairs[0].A));
            Get(mkevent(out pair.A));
            Get(mkevent(out pair.Many[2]));
            Get(mkevent(out _pair.A));
            Get(mkevent(out (s_field)));
            Get(mkevent(out int _));
            Get(mkevent(out int declared));
        }

        var r = new Rendezvous<int>();
        twait(r, out numbers[0]);
        twait(r, out box.Value);
        twait(r, out int joined);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
