namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>Awaits inside expressions, with the order of evaluation that C# gives them.</summary>
public sealed class ExpressionTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "Arguments, receivers and interpolated strings",
            """
            class C
            {
                int F { get; set; } = 3;
                List<string> items = [];
                public async Task<string> FooAsync(int n)
                {
                    items.Add(await Later("a"));
                    var s = string.Format("{0} {1} {2}", Side(F), await Later(n), Side(2));
                    F = await Later(F) + F;
                    Say(F);
                    return $"{F} {await Later(n)} {Side(n)}" + string.Concat(items);
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(1)); } }
            """
        },
        {
            "Operands that change while the method waits",
            """
            class C
            {
                int x = 1;
                public async Task<int> FooAsync(int n)
                {
                    Func<Task<int>> f = async () => { await Pause(); x = 10; n = 20; return 5; };
                    return x + n + await f() + x + n;
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(2)); } }
            """
        },
        {
            "Awaits inside the arguments of an awaited call",
            """
            class C
            {
                static Task<int> Add(int a, int b) => Task.FromResult(a + b);
                public static async Task<int> FooAsync() { return await Add(await Later(1), await Add(await Later(2), Side(3))); }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "A task of a task",
            """
            class C { public static async Task<int> FooAsync() { return await await Later(Later(4)); } }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "Members of an awaited value",
            """
            class C
            {
                public static async Task<int> FooAsync()
                {
                    int n = (await Later("abc")).Length;
                    return (await Later("abcd"))?.Substring(Side(1)).Length ?? n;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "Conditions of if, else if and switch",
            """
            class C
            {
                public static async Task<string> FooAsync(int n)
                {
                    if (await Later(n) > 1) return "big"; else if (await Later(n) == 1) return "one";
                    switch (await Later(n)) { case 0: return await Later("zero"); default: return "less"; }
                }
            }

            public static class Main { public static async Task Drive() { for (int i = -1; i < 3; i++) Say(await C.FooAsync(i)); } }
            """
        },
        {
            "Conditions of a type with its own truth",
            """
            class Odd(int n)
            {
                public static bool operator true(Odd o) => o.N % 2 == 1;
                public static bool operator false(Odd o) => o.N % 2 == 0;
                public static bool operator !(Odd o) => o.N > 4;
                public int N => n;
            }
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    if (await Later(new Odd(n))) n += 100;
                    while (!await Now(new Odd(9 - n))) n++;
                    return n;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); Say(await C.FooAsync(2)); } }
            """
        },
        {
            "Conditions of while, with continue, break and pattern variables",
            """
            class C
            {
                public static async Task<int> FooAsync()
                {
                    var q = new Queue<int>([1,2,3,4]);
                    int n = 0;
                    while (await Later(q.Count) is > 0 and var left)
                    {
                        int x = q.Dequeue();
                        if (x == 2) continue;
                        n += x * left;
                        if (x == 3) break;
                    }
                    while (!await Later(n > 20)) n += 10;
                    return n;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "A condition that assigns",
            """
            class C
            {
                public async Task<int> FooAsync(TextReader r)
                {
                    string? line;
                    int n = 0;
                    while ((line = await r.ReadLineAsync()) != null)
                    {
                        if (line == "stop") break;
                        n += line.Length;
                    }
                    if (await r.ReadLineAsync() is not { } last) return n;
                    return n + last.Length;
                }
            }

            public static class Main
            {
                public static async Task Drive() { Say(await new C().FooAsync(new StringReader("a\nbc\nstop\nxxx"))); }
            }
            """
        },
        {
            "The start of a for",
            """
            class C { public static async Task FooAsync(bool b) { for (int i = await Later(1); i < 3; i++) Say(i); } }

            public static class Main { public static async Task Drive() { await C.FooAsync(true); } }
            """
        },
        {
            "The collection of a foreach",
            """
            class C
            {
                public static async Task<int> FooAsync()
                {
                    int n = 0;
                    foreach (var x in await Later(new[] { 1, 2 })) n += await Later(x);
                    return n;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "An awaited exception is thrown",
            """
            class C { public static async Task FooAsync(string m) { await Pause(); throw await Later(new Exception(m)); } }

            public static class Main
            {
                public static async Task Drive() { try { await C.FooAsync("mm"); } catch (Exception e) { Say(e.Message); } }
            }
            """
        },
        {
            "A switch expression",
            """
            class C
            {
                public async Task<string> FooAsync(string s) => (await Later(s)) switch { "a" => "A", { Length: > 1 } x => x + x, _ => "?" };
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync("a")); } }
            """
        },
        {
            "With expressions",
            """
            record R(int A) { public async Task<R> FooAsync() => (await Later(this with { A = 3 })) with { A = 9 + Side(1) }; }

            public static class Main { public static async Task Drive() { Say(await new R(1).FooAsync()); } }
            """
        },
        {
            "Elements of an array",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    var q = new[] { await Later(n), Side(2), await Later(3) };
                    int[] r = [1];
                    return q.Sum() + r.Length + new int[] { 1, await Later(2) }[await Later(1)];
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); } }
            """
        },
        {
            "Elements of a collection expression",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    int[] q = [await Later(n), 2, await Later(3)];
                    List<int> r = [await Later(n), ..q];
                    return q.Sum() + r.Count;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); } }
            """
        },
        {
            "Members of an anonymous object",
            """
            class C
            {
                public static async Task<int> FooAsync(int n) { var s = new { A = await Later(n), B = Side(2) }; return s.A + s.B; }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); } }
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
