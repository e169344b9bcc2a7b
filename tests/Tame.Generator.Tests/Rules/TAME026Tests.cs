using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME026Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME026");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'return' would leave the twait block before its events have triggered; set a flag and leave after the block, or use a rendezvous"],
        await s_rule.Reports("""
        using (twait())
        {
            asap(mkevent());
            if (n > 3) [|return;|]
        }
        """));

    [Theory]
    [InlineData("""
        while (Choose())
        {
            using (twait())
            {
                asap(mkevent());
                if (n > 3) [|break;|]
                if (n > 2) [|continue;|]
                while (Choose()) { if (n > 1) break; [|goto out_of_it;|] }
            }
        }
        out_of_it:
        """)]
    [InlineData("""
        // Out of two blocks, and said once.
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                using (twait())
                {
                    asap(mkevent());
                    using (twait())
                    {
                        asap(mkevent());
                        [|return;|]
                    }
                }
            }
        }
        """)]
    [InlineData("""
        again:
        using (twait())
        {
            asap(mkevent());
            using (twait())
            {
                asap(mkevent());
                if (n > 1) goto inner;
                if (n > 2) [|goto again;|]
                inner:;
            }
        }
        """)]
    [InlineData("""
        // Out of the inner block only.
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                using (twait())
                {
                    asap(mkevent());
                    while (true)
                    {
                        using (twait())
                        {
                            asap(mkevent());
                            [|break;|]
                        }
                    }
                }
            }
        }
        """)]
    [InlineData("""
        foreach (var i in numbers)
            using (twait())
                switch (i)
                {
                    case 1: asap(mkevent()); break;
                    case 2: goto case 1;
                    case 3: goto default;
                    case 4: [|continue;|]
                    default: [|return;|]
                }
        """)]
    [InlineData("""
        try
        {
            using (twait())
            {
                try { asap(mkevent()); [|return;|] } finally { Use(n); }
            }
        }
        finally { Use(n); }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        using (twait())
        {
            asap(mkevent());
            for (int i = 0; i < 3; i++) { if (i == 1) continue; if (i == 2) break; }
            foreach (var i in numbers) if (i == 1) break;
            switch (n) { case 1: break; case 2: goto case 1; }
            if (n == 3) goto end;
            Func<int> f = () => { return 1; };
            int Local() { return 2; }
            Use(f() + Local());
            twait(e => { if (n == 4) { e.Trigger(); return; } asap(e); });
            if (n < 0) throw new ArgumentException("n");
            end:;
        }

        while (true)
        {
            using (twait()) asap(mkevent());
            if (n > 3) break;
            if (n > 4) continue;
            if (n > 5) return;
            if (n > 6) goto last;
        }
        last:
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
