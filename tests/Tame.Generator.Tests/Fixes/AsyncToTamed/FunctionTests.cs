namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>Delegates, tasks and nested functions that an async method uses.</summary>
public sealed class FunctionTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "The source of a query",
            """
            class C
            {
                public static async Task<int> FooAsync(int[] n)
                {
                    var q = from x in await Later(n) where x > 1 select x;
                    return q.Sum();
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync([1, 2, 3])); } }
            """
        },
        {
            "Delegates",
            """
            class C
            {
                event Action<int>? E;
                Action<int> A => x => Say(x);
                public async Task FooAsync(int n)
                {
                    E += x => Say(x);
                    E?.Invoke(n);
                    E!(await Later(1));
                    A(await Later(2));
                    A.Invoke(await Later(3));
                    Action<object> local = Say;
                    local(await Later(4));
                }
            }

            public static class Main { public static async Task Drive() { await new C().FooAsync(9); } }
            """
        },
        {
            "Tasks that an expression chooses",
            """
            class C
            {
                Task<int>? cached;
                public async Task<int> FooAsync(bool b)
                {
                    var x = await (b ? Later(1) : Later(2));
                    var y = await (cached ??= Later(7));
                    return x + y + await (b switch { true => Later(4), _ => Now(5) });
                }
            }

            public static class Main
            {
                public static async Task Drive() { var c = new C(); Say(await c.FooAsync(true)); Say(await c.FooAsync(false)); }
            }
            """
        },
        {
            "Tasks that may be null",
            """
            class C
            {
                class N { public N? Next; public Task<int> V() => Later(3); public int P { get; set; } }
                public async Task<int> FooAsync(bool b)
                {
                    N? n = b ? new N() : null;
                    if (n?.V() is { } t) return await t;
                    (n ?? new N()).P = await Later(2);
                    return await (n?.V() ?? Task.FromResult(-1));
                }
            }

            public static class Main
            {
                public static async Task Drive() { Say(await new C().FooAsync(true)); Say(await new C().FooAsync(false)); }
            }
            """
        },
        {
            "Checked arithmetic",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    checked { n = await Later(n) + 1; if (n > 2) return n; }
                    unchecked { return n * await Later(int.MaxValue); }
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); Say(await C.FooAsync(2)); } }
            """
        },
        {
            "Async lambdas stay",
            """
            class C
            {
                public async Task<int[]> FooAsync(int[] xs) => await Task.WhenAll(xs.Select(async x => { await Pause(); return x * 2; }));
            }

            public static class Main { public static async Task Drive() { Say(string.Join(",", await new C().FooAsync([1, 2]))); } }
            """
        },
        {
            "Async lambdas are called",
            """
            class C
            {
                public async Task<int> FooAsync()
                {
                    Func<Task<int>> f = async () => { await Pause(); return 3; };
                    Func<int, Task<int>> g = async x => await Later(x);
                    return await f() + await g(await f());
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync()); } }
            """
        },
        {
            "Async local functions stay",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    static async Task<int> Twice(int x) { await Pause(); return 2 * x; }
                    var r = await Twice(n);
                    return await Plus(r);
                    async Task<int> Plus(int x) { try { return x + n; } finally { await Pause(); } }
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(5)); } }
            """
        },
        {
            "A local is called timer",
            """
            class C { public static async Task<int> FooAsync() { var timer = 3; await Task.Delay(timer); return timer; } }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "Delays of every form",
            """
            class C
            {
                public static async Task<int> FooAsync(short n)
                {
                    await Task.Delay(n);
                    await Task.Delay(millisecondsDelay: 1);
                    await Task.Delay(TimeSpan.FromMilliseconds(1));
                    return n;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(2)); } }
            """
        },
        {
            "ConfigureAwait goes",
            """
            class C
            {
                public async Task<int> FooAsync(bool b)
                {
                    await Pause().ConfigureAwait(ConfigureAwaitOptions.None);
                    return (await Later(1).ConfigureAwait(b)) + await (Later(2)).ConfigureAwait(continueOnCapturedContext: false);
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(true)); } }
            """
        },
        {
            "A delay is cancelled",
            """
            class C
            {
                public async Task<int> FooAsync(int n, CancellationToken ct = default)
                {
                    try
                    {
                        await Task.Delay(n, ct);
                        return 1;
                    }
                    catch (OperationCanceledException e)
                    {
                        return e.CancellationToken == ct ? 2 : 3;
                    }
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    var cts = new CancellationTokenSource(1);
                    Say(await new C().FooAsync(1000, cts.Token));
                }
            }
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
