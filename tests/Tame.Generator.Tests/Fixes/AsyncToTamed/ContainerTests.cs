namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>The enclosing types become partial, and code that binds the method's name still finds it.</summary>
public sealed class ContainerTests
{
    public static TheoryData<string, string> Programs { get; } = new()
    {
        {
            "A nested type",
            """
            partial class A { public class B { public async Task FooAsync() { await Later(1); } } }

            public static class Main { public static async Task Drive() { await new A.B().FooAsync(); Say(2); } }
            """
        },
        {
            "Nested structs, records and static classes",
            """
            partial class A<T>
            {
                public struct S
                {
                    public record class R
                    {
                        internal static class B { public static async Task<T> FooAsync(T t) { await Pause(); return t; } }
                    }
                }
            }

            public static class Main { public static async Task Drive() { Say(await A<string>.S.R.B.FooAsync("x")); } }
            """
        },
        {
            "A static method of a struct",
            """
            struct S { public static async Task<int> FooAsync() { return await Later(1); } }

            public static class Main { public static async Task Drive() { Say(await S.FooAsync()); } }
            """
        },
        {
            "A default method of an interface",
            """
            interface I { string N { get; } async Task<string> FooAsync() { await Pause(); return N; } }
            class C : I { public string N => "n"; }
            class E : I { public string N => "n"; public Task<string> FooAsync() => Task.FromResult("mine"); }

            public static class Main
            {
                public static async Task Drive() { I c = new C(); Say(await c.FooAsync()); c = new E(); Say(await c.FooAsync()); }
            }
            """
        },
        {
            "A static method of an interface",
            """
            interface I { static async Task<int> FooAsync() { await Pause(); return 1; } }

            public static class Main { public static async Task Drive() { Say(await I.FooAsync()); } }
            """
        },
        {
            "A sealed method of an interface",
            """
            interface I { int N { get; } sealed async Task<int> FooAsync() { await Pause(); return N; } }
            class C : I { public int N => 3; }

            public static class Main { public static async Task Drive() { Say(await ((I)new C()).FooAsync()); } }
            """
        },
        {
            "A method that implements an interface",
            """
            interface I { Task<int> FooAsync(int n); }
            class C : I { public async Task<int> FooAsync(int n) { return await Later(n); } }

            public static class Main { public static async Task Drive() { I c = new C(); Say(await c.FooAsync(3)); } }
            """
        },
        {
            "An explicit implementation",
            """
            interface I { Task<int> FooAsync(int n); }
            class C : I { async Task<int> I.FooAsync(int n) { return await Later(n); } }

            public static class Main { public static async Task Drive() { I c = new C(); Say(await c.FooAsync(3)); } }
            """
        },
        {
            "An override",
            """
            class B { public virtual Task<int> FooAsync(int n) => Task.FromResult(0); }
            class C : B
            {
                public sealed override async Task<int> FooAsync(int n) { return await base.FooAsync(n) + await Later(n); }
            }

            public static class Main { public static async Task Drive() { B c = new C(); Say(await c.FooAsync(3)); } }
            """
        },
        {
            "A generic override",
            """
            class B { public virtual Task<T> FooAsync<T>(T t) => Task.FromResult(t); }
            class C : B { public override async Task<T> FooAsync<T>(T t) { await Pause(); return t; } }

            public static class Main { public static async Task Drive() { Say(await new C().FooAsync("a")); } }
            """
        },
        {
            "A virtual method with overrides",
            """
            class B { public virtual async Task<int> FooAsync(int n) { await Pause(); return n; } }
            class C : B { public override Task<int> FooAsync(int n) => base.FooAsync(n + 1); }

            public static class Main { public static async Task Drive() { B c = new C(); Say(await c.FooAsync(3)); } }
            """
        },
        {
            "A virtual method with callers",
            """
            class C { protected virtual async Task FooAsync() { await Later(1); } public static Task Call(C c) => c.FooAsync(); }

            public static class Main { public static async Task Drive() { await C.Call(new C()); } }
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
