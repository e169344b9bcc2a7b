namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>Returns complete the event when async completes its task: after everything around them.</summary>
public sealed class ReturnTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "A return leaves a try with a finally that waits",
            """
            class C
            {
                public static async Task<int> FooAsync(bool a)
                {
                    try { return await Later(1); } finally { Say("f1"); await Pause(); Say("f2"); }
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(true)); Say("after"); } }
            """
        },
        {
            "A return without a value leaves a finally",
            """
            class C
            {
                public static async Task FooAsync(bool b)
                {
                    try { if (b) return; await Pause(); Say("x"); } finally { await Pause(); Say("f"); }
                    Say("y");
                }
            }

            public static class Main
            {
                public static async Task Drive() { await C.FooAsync(true); Say("1"); await C.FooAsync(false); Say("2"); }
            }
            """
        },
        {
            "Returns leave nested finally blocks, catch clauses and filters",
            """
            class C
            {
                public static async Task<string> FooAsync(int n)
                {
                    string s = "";
                    try
                    {
                        try
                        {
                            if (n == 0) return "zero";
                            s = await Fails<string>("boom" + n);
                            return s;
                        }
                        catch (InvalidOperationException e) when (n == 1)
                        {
                            return e.Message;
                        }
                        finally
                        {
                            Say("inner");
                            await Pause();
                        }
                    }
                    catch (Exception e)
                    {
                        Say("outer " + e.Message);
                    }
                    finally
                    {
                        Say("outer finally");
                    }
                    return "end";
                }
            }

            public static class Main { public static async Task Drive() { for (int i = 0; i < 3; i++) Say(await C.FooAsync(i)); } }
            """
        },
        {
            "Returns leave a try and a catch without a finally",
            """
            class C
            {
                public static async Task<string> FooAsync(int n)
                {
                    try
                    {
                        if (n == 1) return await Fails<string>("boom");
                        return await Later("ok");
                    }
                    catch (InvalidOperationException e) when (n == 1)
                    {
                        await Pause();
                        return e.Message;
                    }
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); Say(await C.FooAsync(2)); } }
            """
        },
        {
            "Returns of every kind leave a finally",
            """
            class C
            {
                public static async Task<string> FooAsync(int n)
                {
                    try
                    {
                        if (n == 0)
                            return "a";
                        else if (n == 1)
                        {
                            lock (typeof(C)) { return "b"; }
                        }
                        switch (n)
                        {
                            case 2: return await Later("c");
                            case 3: { return "d"; }
                            default: break;
                        }
                        while (true) { if (n++ > 6) return "loop" + n; await Pause(); }
                    }
                    finally
                    {
                        Say("f");
                        await Pause();
                    }
                }
            }

            public static class Main { public static async Task Drive() { for (int i = 0; i < 6; i++) Say(await C.FooAsync(i)); } }
            """
        },
        {
            "A semaphore is released before the caller goes on",
            """
            class C
            {
                readonly SemaphoreSlim s = new(1);
                int count;
                public async Task<int> FooAsync(int n, CancellationToken ct = default)
                {
                    await s.WaitAsync(ct).ConfigureAwait(false);
                    try
                    {
                        if (n < 0) throw new ArgumentException(null, nameof(n));
                        foreach (var i in Enumerable.Range(0, n))
                        {
                            if (i == 3) return count;
                            count += i;
                            await Task.Delay(1, ct);
                        }
                    }
                    catch (ArgumentException)
                    {
                        return -1;
                    }
                    finally
                    {
                        s.Release();
                    }
                    return await Task.Run(() => count * 2, ct);
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    var c = new C();
                    Say(await c.FooAsync(2));
                    Say(await c.FooAsync(9));
                    Say(await c.FooAsync(-1));
                    Say(await c.FooAsync(ct: default, n: 1));
                }
            }
            """
        },
        {
            "Returns leave nested loops",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    for (int i = 0; i < 10; i++)
                    {
                        foreach (var x in new List<int> { 1, 2, 3 }) { if (i * x == n) return i; await Pause(); }
                        while (await Later(i) < 0) { }
                    }
                    return -1;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(6)); } }
            """
        },
        {
            "A return leaves a lock",
            """
            class C
            {
                readonly object o = new();
                int n;
                public async Task<int> FooAsync() { await Pause(); lock (o) { return ++n; } }
            }

            public static class Main
            {
                public static async Task Drive() { var c = new C(); await c.FooAsync(); Say(await c.FooAsync()); }
            }
            """
        },
        {
            "Returns leave a switch in a using, and statements follow",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    using (new Resource("r"))
                    {
                        switch (n)
                        {
                            case 0: return await Later(5);
                            case 1: if (n > 0) { return 7; } else return 8;
                            case 2: break;
                            default: throw new Exception("d");
                        }
                    }
                    return 9;
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    for (int i = 0; i < 3; i++) Say(await C.FooAsync(i));
                    try { await C.FooAsync(3); } catch (Exception e) { Say(e.Message); }
                }
            }
            """
        },
        {
            "Returns leave a switch that is the last statement",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    using (new Resource("r"))
                    {
                        switch (n)
                        {
                            case 0: return await Later(5);
                            case 1: if (n > 0) { return 7; } else return 8;
                            default: throw new Exception("d");
                        }
                    }
                }
            }

            public static class Main
            {
                public static async Task Drive()
                {
                    for (int i = 0; i < 2; i++) Say(await C.FooAsync(i));
                    try { await C.FooAsync(3); } catch (Exception e) { Say(e.Message); }
                }
            }
            """
        },
        {
            "The name of the label is taken",
            """
            class C
            {
                public async Task<int> FooAsync(int n)
                {
                    using (new Resource("r"))
                    {
                    again:
                        if (n > 3) goto finished;
                        n = await Later(n + 1);
                        goto again;
                    finished:
                        return n;
                    }
                }
            }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync(1)); } }
            """
        },
        {
            "A label stands before an await",
            """
            class C
            {
                public static async Task<int> FooAsync(int n)
                {
                    again: int x = await Later(n);
                    if (x < 3) { n++; goto again; }
                    using var r = new Resource("q");
                    return x;
                }
            }

            public static class Main { public static async Task Drive() { Say(await C.FooAsync(1)); } }
            """
        },
        {
            "The end is never reached",
            """
            class C
            {
                public static async Task FooAsync()
                {
                    while (true) { await Pause(); Say("x"); if (Trace.Count > 3) throw new Exception("enough"); }
                }
            }

            public static class Main
            {
                public static async Task Drive() { try { await C.FooAsync(); } catch (Exception e) { Say(e.Message); } }
            }
            """
        },
        {
            "One branch returns and the other falls through",
            """
            class C { public static async Task FooAsync(bool b) { if (b) { await Pause(); return; } else { Say("else"); } } }

            public static class Main
            {
                public static async Task Drive() { await C.FooAsync(true); await C.FooAsync(false); Say("end"); }
            }
            """
        },
        {
            "Two returns await",
            """
            class C
            {
                static Task<int> G(int x) => Task.FromResult(x);
                public static async Task<int> FooAsync(bool a) { if (a) return await G(1); return await G(2); }
            }

            public static class Main
            {
                public static async Task Drive() { Say(await C.FooAsync(true)); Say(await C.FooAsync(false)); }
            }
            """
        },
        {
            "A local is called result",
            """
            class C
            {
                static Task<int> G(int x) => Task.FromResult(x);
                public static async Task<int> FooAsync(bool a) { int result = await G(1); if (a) return result; return await G(2); }
            }

            public static class Main
            {
                public static async Task Drive() { Say(await C.FooAsync(true)); Say(await C.FooAsync(false)); }
            }
            """
        },
        {
            "The await is in parentheses",
            """
            class C { static Task<int> G(int x) => Task.FromResult(x); public async Task<int> FooAsync() { return (await G(1)); } }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync()); } }
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
