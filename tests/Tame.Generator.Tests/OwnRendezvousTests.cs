using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>Which waits throw if there is nothing to wait for: those on a rendezvous in which no other code can create an event.</summary>
public sealed class OwnRendezvousTests
{
    [Theory]
    [InlineData("var r = new Rendezvous(); twait(r);")]
    [InlineData("Rendezvous<int> r = new(); asap(mkevent(r, 1)); twait(r, out int id);")]
    [InlineData("using var r = new Rendezvous(); Take(mkevent(r, out int value)); twait(r, out Exception? error);")]
    [InlineData("using (var r = new Rendezvous()) { asap(mkevent(r)); while (r.Waiting + r.Ready > 0) twait(r); }")]
    [InlineData("Rendezvous r; r = new Rendezvous(); if (!r.TryJoin()) twait(r); r.Cancel(); r = new(); twait(r); r.Dispose();")]
    [InlineData("var r = new Rendezvous(); twait(e => { asap(mkevent(r)); e.Trigger(); }); twait(r);")]
    [InlineData("var r = new Rendezvous(); _ = nameof(r); using (twait()) { asap(mkevent(r)); asap(mkevent()); } twait(rendezvous: r);")]
    public void Throws(string body) => AssertOwn(body, isOwn: true);

    [Theory]
    [InlineData("var r = given; twait(r);")]
    [InlineData("twait(given);")]
    [InlineData("twait(Field);")]
    [InlineData("twait(new Rendezvous());")]
    [InlineData("var r = new Rendezvous(); Keep(r); twait(r);")]
    [InlineData("var r = new Rendezvous(); Field = r; twait(r);")]
    [InlineData("Rendezvous r; Field = r = new Rendezvous(); twait(r);")]
    [InlineData("var r = new Rendezvous(); var other = r; twait(r); twait(other);")]
    [InlineData("var r = new Rendezvous(); Action cancel = () => r.Cancel(); twait(r); cancel();")]
    [InlineData("var r = new Rendezvous(); twait(r); void Stop() => r.Cancel(); Stop();")]
    [InlineData("var r = new Rendezvous(); if (given.Waiting > 0) r = given; twait(r);")]
    [InlineData("var r = given.Waiting > 0 ? given : new Rendezvous(); twait(r);")]
    [InlineData("var r = new Rendezvous(); ref var alias = ref r; alias = given; twait(r);")]
    [InlineData("Make(out Rendezvous r); twait(r);")]
    [InlineData("if (Box is Rendezvous r) twait(r);")]
    [InlineData("foreach (var r in new[] { given }) twait(r);")]
    [InlineData("var r = new Rendezvous(); if (r == given) return; twait(r);")]
    [InlineData("var r = new Rendezvous(); (r, _) = (given, 1); twait(r);")]
    public void Waits(string body) => AssertOwn(body, isOwn: false);

    private static void AssertOwn(string body, bool isOwn)
    {
        var compilation = Compiled.Compilation($$"""
            #pragma warning disable TAME060, TAME063
            public static partial class Sample
            {
                private static Rendezvous Field = new();
                private static object Box = Field;

                [Tamed] public static partial void Run(Rendezvous given, Event done);

                private static void RunBody(Rendezvous given, Event done)
                {
                    {{body}}
                    done.Trigger();
                }

                private static void Keep(Rendezvous r) => Field = r;
                private static void Make(out Rendezvous r) => r = Field;
                private static void Take(Event<int> e) => e.Trigger(1);
            }
            """);
        var (files, output) = Compiled.Generate(compilation);
        Assert.Empty(Compiled.Problems(output));
        string generated = string.Join('\n', files.Select(file => file.SourceText.ToString()));
        Assert.Equal(isOwn, generated.Contains("OwnJoinReady", StringComparison.Ordinal));
        Assert.Equal(!isOwn, generated.Contains(".JoinReady", StringComparison.Ordinal));
    }
}
