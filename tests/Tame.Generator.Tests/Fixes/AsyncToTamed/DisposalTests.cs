namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>Disposals, of a using or an enumerator, run before the event completes.</summary>
public sealed class DisposalTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "A using declaration ends before the event completes",
            """
            class C { public static async Task FooAsync() { using var r = new Resource("a"); await Pause(); Say("body"); } }

            public static class Main { public static async Task Drive() { await C.FooAsync(); Say("after"); } }
            """
        },
        {
            "Returns stand before and behind a using declaration",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    if (n == 0) return -1;
                    using var r = new Resource("a");
                    if (n == 1) return await Later(1);
                    await Pause();
                    // two
                    if (n == 2)
                        return 2;
                    return n;
                }
            }

            public static class Main
            {
                public static async Task Drive() { for (int i = 0; i < 4; i++) Say(await C.FooAsync(i)); Say("after"); }
            }
            """
        },
        {
            "What a using disposes of is awaited",
            """
            class C
            {
                static Task<Resource> Open(string n) => Later(new Resource(n));
                public static async Task<string> FooAsync()
                {
                    using var r = await Open("x");
                    using (var q = await Open("y")) { Say(q.Name); }
                    return r.Name + await Later("z");
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); Say("after"); } }
            """
        },
        {
            "Several using declarations, local functions and a nested block",
            """
            class C
            {
                public static async Task<string?> FooAsync(int n)
                {
                    if (n == 0)
                        return Name();
                    using var a = new Resource("a");
                    if (n == 1)
                        return null;
                    // b
                    using Resource b = new Resource("b"), c = await Later(new Resource("c"));
                    if (n == 2)
                        return await Later(b.Name);
                    foreach (var x in new[] { 1, 2 })
                    {
                        if (x + n == 4) return "early";
                        using var d = new Resource("d" + x);
                        if (x + n == 5)
                            return Deep();
                        string Deep() => d.Name + "deep";
                    }
                    return "end" + Name();
                    string Name() => "name";
                }
            }

            public static class Main { public static async Task Drive() { for (int i = 0; i < 6; i++) Say(await C.FooAsync(i)); } }
            """
        },
        {
            "A return without a value leaves a using declaration",
            """
            class C
            {
                public static async Task FooAsync(int n)
                {
                    using var a = new Resource("a");
                    await Pause();
                    if (n == 1)
                        return;
                    {
                        using var b = await Later(new Resource("b"));
                        await Pause();
                    }
                    Say("end");
                }
            }

            public static class Main
            {
                public static async Task Drive() { for (int i = 0; i < 3; i++) { await C.FooAsync(i); Say(i); } }
            }
            """
        },
        {
            "A disposal that throws fails the call",
            """
            class Slow : IDisposable { public void Dispose() => throw new Exception("dispose"); }
            class C
            {
                public static async Task<string> FooAsync(int n)
                {
                    using var s = new Slow();
                    await Pause();
                    return "x";
                }
            }

            public static class Main
            {
                public static async Task Drive() { try { Say(await C.FooAsync(1)); } catch (Exception e) { Say(e.Message); } }
            }
            """
        },
        {
            "A label stands before a using declaration",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    top: if (n < 3) { n += await Later(2); goto top; }
                    last: using var r = await Later(new Resource("a"));
                    if (n > 4) return 9;
                    return n;
                }
            }

            public static class Main { public static async Task Drive() { for (int i = 0; i < 5; i++) Say(await C.FooAsync(i)); } }
            """
        },
        {
            "An enumerator is disposed of first",
            """
            class C
            {
                static IEnumerable<int> All()
                {
                    try { yield return 1; yield return 2; yield return 3; } finally { Say("disposed"); }
                }
                public static async Task<int> FooAsync(int n)
                {
                    foreach (var x in All()) { await Pause(); if (x == n) return x; }
                    return -1;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(2)); Say(await C.FooAsync(7)); } }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task The_tamed_form_does_what_the_async_form_did(string what, string program)
    {
        Assert.NotEmpty(what);
        Assert.Contains("[Tamed]", await Refactored.Text(program), StringComparison.Ordinal);
    }
}
