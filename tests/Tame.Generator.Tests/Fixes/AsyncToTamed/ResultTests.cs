namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>The result of an await goes where the async method put it.</summary>
public sealed class ResultTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "Properties, elements, discards, and no target",
            """
            class C
            {
                int P { get; set; }
                public async Task<int> FooAsync(List<int> l)
                {
                    P = await Later(1);
                    l[0] = await Later(2);
                    _ = await Later(3);
                    await Later(4);
                    this.P = await Value(5);
                    await Value(6);
                    return P + l[0];
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync([0])); } }
            """
        },
        {
            "Elements, with side effects in the index",
            """
            class C
            {
                int[] a = new int[3];
                Dictionary<string, int> d = [];
                int i;
                public async Task<int> FooAsync()
                {
                    a[i++] = await Later(4);
                    d["x"] = await Later(5);
                    a[Side(2)] = await Later(6) + a[0];
                    return a[0] + a[2] + d["x"] + i;
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync()); } }
            """
        },
        {
            "Deconstructions",
            """
            class C
            {
                static Task<(int, string)> P() => Later((1, "a"));
                public static async Task<string> FooAsync()
                {
                    var (a, b) = await P();
                    int c;
                    (c, _) = await P();
                    var (d, e) = (await Later(1), await Later("x"));
                    return a + b + c + d + e;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "Compound assignments to a local",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    int sum = 0;
                    for (int i = 0; i < n; i++) sum += await Later(i);
                    sum += await Later(sum);
                    return sum;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(3)); } }
            """
        },
        {
            "The variable has another type",
            """
            class C
            {
                static Task<int> G(int x) => Task.FromResult(x);
                public async Task<long> FooAsync() { long s = await G(1); object o = await G(2); return s; }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync()); } }
            """
        },
        {
            "Results that may be null",
            """
            class C
            {
                static Task<string?> G(int x) => Task.FromResult<string?>(null);
                public async Task<string?> FooAsync() { string? s = await G(1); var t = await G(2); return s ?? t; }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync()); } }
            """
        },
        {
            "A var is given null later",
            """
            class C
            {
                public static async Task<string?> FooAsync(int n)
                {
                    var s = await Later("a");
                    if (n > 1) s = null;
                    var t = await Later("b");
                    return s ?? t;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); Say(await C.FooAsync(2)); } }
            """
        },
        {
            "Several variables in one declaration",
            """
            class C
            {
                public static async Task<int> FooAsync()
                {
                    int a = await Later(1), b = a + 1, c = b + await Later(2);
                    return a + b + c;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "Fields and captured locals",
            """
            class C
            {
                readonly int _x = 3;
                int _y;
                public async Task<int> FooAsync(ICollection<int> c)
                {
                    int y = _x;
                    Func<int> f = () => y;
                    y = await Later(_x + c.Count);
                    _y = await Later(y);
                    return f() + _y;
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync([1])); } }
            """
        },
        {
            "A captured local of each iteration",
            """
            class C
            {
                public static async Task<int> FooAsync()
                {
                    var fs = new List<Func<int>>();
                    for (int i = 0; i < 3; i++) { var x = await Later(i); fs.Add(() => x); }
                    int sum = 0;
                    foreach (var f in fs) sum += f() + await Later(1);
                    return sum;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "A parameter of a primary constructor",
            """
            class C(int p) { public async Task<int> FooAsync() { p = await Later(p + 1); return p; } }

            public static class Main { public static async Task Drive() { Say(await new C(1).FooAsync()); } }
            """
        },
        {
            "A catch variable",
            """
            class C
            {
                public static async Task<string> FooAsync()
                {
                    try { throw new Exception("a"); } catch (Exception e) { e = await Later(new Exception("b")); return e.Message; }
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "Structs are changed in place",
            """
            struct P { public int X; public void Add(int n) => X += n; public int Get(int n) => X + n; }
            class C
            {
                P p;
                P Q { get; set; }
                public async Task<int> FooAsync()
                {
                    P local = default;
                    local.Add(await Later(1));
                    p.Add(await Later(2));
                    p.X = await Later(p.X) + 1;
                    return local.X + p.X * 10 + Q.Get(await Later(5));
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync()); } }
            """
        },
        {
            "Out variables of the awaited call live on",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    if (await Try(n, out var k)) Say("yes");
                    await Try(k, out int m);
                    bool b = await Try(m, out var q);
                    return k + m + q;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); Say(await C.FooAsync(2)); } }
            """
        },
        {
            "The expression body is an assignment",
            """
            class C { static int s; public static async ValueTask FooAsync(int n) => s = await Value(n); public static int S => s; }

            public static class Main { public static async Task Drive() { await C.FooAsync(5); Say(C.S); } }
            """
        },
        {
            "Members are called done, result and task",
            """
            class C
            {
                int done = 1;
                int result = 2;
                int task = 3;
                public async Task<int> FooAsync(int completed)
                {
                    done = await Later(1) + done;
                    int result2 = await Later(result);
                    var x = done + (await Later(task));
                    return x + this.result + await Later(result2) + completed;
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(3)); } }
            """
        },
        {
            "Value tasks",
            """
            class C
            {
                public static async ValueTask<int> FooAsync(int n)
                {
                    var a = await Value(n);
                    await Value("x");
                    _ = await Value(2.0);
                    int b;
                    b = await Value(3);
                    return a + b;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(5)); } }
            """
        },
        {
            "A variable called like a discard, and one of an anonymous type",
            """
            class C
            {
                static Task<T> Of<T>(T value) => Later(value);
                public static async Task<int> FooAsync(int n)
                {
                    var _ = await Later(n);
                    var pair = await Of(new { A = n, B = 2 });
                    Say(await Later(pair.A));
                    Say((await Of(new { C = 3 })).C);
                    return pair.B + _;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(5)); } }
            """
        },
        {
            "Times that use what a lambda cannot, and the name of its parameter",
            """
            class C
            {
                public static async Task<int> FooAsync(int e)
                {
                    ReadOnlySpan<int> few = [1, 2];
                    await Task.Delay(few[0]);
                    int set;
                    await Task.Delay(set = 3);
                    await Task.Delay(int.TryParse("4", out var parsed) ? parsed : 0);
                    await Task.Delay(e);
                    try { Side(e); throw new Exception("a"); } catch (Exception error) { await Task.Delay(error.Message.Length); }
                    switch (e)
                    {
                        case 1: var same = await Later(e); Say(same); break;
                        default: same = await Later(2); Say(same); break;
                    }
                    again: var labeled = await Later(set);
                    if (labeled < 5) { set++; goto again; }
                    return set + parsed + labeled;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); Say(await C.FooAsync(2)); } }
            """
        },
        {
            "Ref structs live between two waits",
            """
            class C
            {
                public static async Task<int> FooAsync(byte[] b)
                {
                    { Span<byte> s = b; s[0] = 7; }
                    await Pause();
                    ReadOnlySpan<byte> t = (await Later(b)).AsSpan();
                    return t[0] + t.Length;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync([1,2,3])); } }
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
