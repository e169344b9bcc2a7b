namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>The pair has the signature of the method, with the event where callers need not write more, and callers still compile.</summary>
public sealed class SignatureTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "An optional cancellation token",
            """
            class C
            {
                public async Task<bool> FooAsync(int x, CancellationToken ct = default)
                {
                    await Task.Delay(x, ct);
                    return ct.CanBeCanceled;
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    using var source = new CancellationTokenSource();
                    Say(await new C().FooAsync(1));
                    Say(await new C().FooAsync(ct: source.Token, x: 1));
                }
            }
            """
        },
        {
            "A params array",
            """
            class C { public async Task<int> FooAsync(params int[] xs) { await Task.Delay(xs.Length); return xs.Sum(); } }

            public static class Main
            {
                public static async Task Drive() { Say(await new C().FooAsync()); Say(await new C().FooAsync(1, 2)); }
            }
            """
        },
        {
            "Defaults, named arguments and caller information",
            """
            class C
            {
                public static async Task<string> FooAsync(string a, int b = 2, [System.Runtime.CompilerServices.CallerMemberName] string c = "")
                {
                    await Pause();
                    return a + b + c;
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    Say(await C.FooAsync("x"));
                    Say(await C.FooAsync(c: "y", a: "z"));
                    Say(await C.FooAsync("w", b: 5));
                }
            }
            """
        },
        {
            "An extension method",
            """
            static class C
            {
                public static async Task<string> FooAsync(this string s, int n, char c = '!', CancellationToken ct = default)
                {
                    await Pause();
                    return s + n + c + await Later(1);
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    Say(await "x".FooAsync(5));
                    Say(await "x".FooAsync(n: 5, ct: default));
                    Say(await C.FooAsync("y", c: '?', n: 3));
                }
            }
            """
        },
        {
            "An expression body with a result",
            """
            class C { public static async Task<int> FooAsync(int n) => await Later(n) + 1; }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); } }
            """
        },
        {
            "An expression body without one",
            """
            class C { public static async Task FooAsync(int n) => await Later(n); }

            public static class Main { public static async Task Drive() { await C.FooAsync(1); Say("after"); } }
            """
        },
        {
            "An async void method",
            """
            class C { public static async void Foo(int n) { await Later(n); Say("done"); } }

            public static class Main
            {
                public static async Task Drive() { C.Foo(5); Say("went on"); await Pause(); await Pause(); await Pause(); }
            }
            """
        },
        {
            "No await",
            """
            class C
            {
            #pragma warning disable CS1998
                public async Task<int> FooAsync(int n) { if (n > 1) throw new Exception("x"); return n; }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    Say(await new C().FooAsync(1));
                    var t = new C().FooAsync(2);
                    Say("no throw yet");
                    try { await t; } catch (Exception e) { Say(e.Message); }
                }
            }
            """
        },
        {
            "A method that calls itself",
            """
            class C
            {
                public static async Task<int> FactorialAsync(int n) { if (n < 2) return 1; return n * await FactorialAsync(n - 1); }
            }

            public static class Main { public static async Task Drive() { Say(await C.FactorialAsync(5)); } }
            """
        },
        {
            "A name without Async",
            """
            class C { public async Task<int> Foo(int n, CancellationToken ct = default) { await Pause(); return n; } }

            public static class Main
            {
                public static async Task Drive() { Say(await new C().Foo(3)); Say(await new C().Foo(3, default)); }
            }
            """
        },
        {
            "The shorter name is that of the type",
            """
            class Foo { public async Task<int> FooAsync(int n) { await Pause(); return n; } }

            public static class Main { public static async Task Drive() { Say(await new Foo().FooAsync(3)); } }
            """
        },
        {
            "The shorter name is a property's",
            """
            class C { public int Foo => 1; public async Task<int> FooAsync(int n) { await Pause(); return n; } }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(3)); } }
            """
        },
        {
            "A qualified return type",
            """
            class C { public async System.Threading.Tasks.Task<List<int>> FooAsync(int n) { await Pause(); return [n]; } }

            public static class Main { public static async Task Drive() { Say((await new C().FooAsync(3))[0]); } }
            """
        },
        {
            "A tuple as the result",
            """
            class C
            {
                public static async Task<(int A, string B)> FooAsync()
                {
                    await Pause();
                    if (Side(1) > 2) return default;
                    return (1, "x");
                }
            }

            public static class Main { public static async Task Drive() { var (a, b) = await C.FooAsync(); Say(a + b); } }
            """
        },
        {
            "A generic result",
            """
            class C
            {
                public static async Task<Dictionary<string, List<T?>>> FooAsync<T>(T t) where T : struct, IComparable<T>
                {
                    var r = await Later(new List<T?> { t });
                    return new() { ["a"] = r };
                }
            }

            public static class Main { public static async Task Drive() { Say((await C.FooAsync(3))["a"][0]); } }
            """
        },
        {
            "Type parameters with constraints",
            """
            class C<T> where T : class
            {
                static Task<T> G(T x) => Later(x);
                public async ValueTask<T> FooAsync<U>(T t, U u) where U : T
                {
                    T r;
                    r = await G(t).ConfigureAwait(false);
                    if (r is null) throw new Exception();
                    Say(u);
                    return r;
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C<object>().FooAsync("a", "b")); } }
            """
        },
        {
            "Nullable type parameters",
            """
            class C<T> where T : IComparable<T>
            {
                public async Task<TResult?> FooAsync<TResult>(T t, Func<T, Task<TResult?>> f, params TResult[] rest) where TResult : class
                {
                    TResult? r = await f(t);
                    if (r is null) return rest.FirstOrDefault();
                    TResult other = (await f(t))!;
                    return ReferenceEquals(r, other) ? r : other;
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    Say(await new C<int>().FooAsync<string>(1, x => Task.FromResult<string?>(x > 0 ? "p" : null)));
                    Say(await new C<int>().FooAsync(0, x => Task.FromResult<string?>(null), "q", "r"));
                }
            }
            """
        },
        {
            "Code without nullable annotations",
            """
            #nullable disable
            class C
            {
                public async Task<string> FooAsync(string n)
                {
                    var x = await Later<string>(n);
                    string y = (await Later(x)).Trim();
                    return y;
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync("a")); } }
            """
        },
        {
            "An attribute that chooses the builder of the task",
            """
            class C
            {
                [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))] public static async ValueTask<int> FooAsync()
                {
                    return await Value(1);
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync()); } }
            """
        },
        {
            "An attribute of the returned task",
            """
            class C
            {
                [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull("s")] public static async Task<string?> FooAsync(string? s)
                {
                    await Pause();
                    return s;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync("a")); } }
            """
        },
        {
            "A user's type is called Event",
            """
            class Event { }
            class C { public static async Task<int> FooAsync(Event e) { return await Later(1); } }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(new Event())); } }
            """
        },
        {
            "Regions and conditional code",
            """
            class C
            {
                #region Foo
                public async Task<int> FooAsync(int n)
                {
            #if DEBUG
                    Say(1);
            #endif
                    #region inner
                    var x = await Later(n);
                    #endregion
                    if (x > 1)
                    {
            #pragma warning disable CS0168
                        int unused;
            #pragma warning restore CS0168
                        return await Later(
            #if DEBUG
                            1
            #else
                            2
            #endif
                            );
                    }
                    return 3;
                }
                #endregion
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(3)); } }
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
