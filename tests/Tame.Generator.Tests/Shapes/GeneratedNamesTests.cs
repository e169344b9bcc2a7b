using System.Reflection;
using Tame.CompilerServices;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Shapes;

/// <summary>The user's names and the generated ones never conflict.</summary>
public sealed class GeneratedNamesTests
{
    public static TheoryData<string> MembersOfClosure => [.. Bases().SelectMany(type => type.GetMembers(Everything)).Where(m => m is MethodInfo or PropertyInfo or FieldInfo)
        .Select(m => m.Name).Where(name => name.All(char.IsLetterOrDigit)).Distinct().Order(StringComparer.Ordinal)];

    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Theory]
    [MemberData(nameof(MembersOfClosure))]
    public async Task A_kept_local_may_be_called_like_any_member_of_a_closure(string name) => Assert.Equal("kept:3", await new Linked().Add("Program", $$"""
        public static partial class Sample
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                int {{name}} = 1;
                using (twait()) Rest({{name}}, mkevent(out {{name}}));
                var r = new Rendezvous<int>();
                asap(mkevent(r, 1));
                twait(r, out int id);
                try
                {
                    using (twait()) asap(mkevent());
                }
                finally
                {
                    {{name}} += id;
                }

                trace.Add("kept:" + {{name}});
                done.Trigger();
            }

            [Tamed] private static partial void Rest(int {{name}}, Event<int> done);
            private static void RestBody(int {{name}}, Event<int> done)
            {
                using (twait()) asap(mkevent());
                done.Trigger({{name}} + 1);
            }
        }
        """).Run());

    [Theory]
    [InlineData("class var { }")]
    [InlineData("class nameof { }")]
    [InlineData("namespace Tame { class Tame { } }")]
    [InlineData("namespace System { class Tame { } }")]
    public async Task Types_of_the_users_hide_nothing_that_is_needed(string types) => Assert.Equal("ran", await new Linked().Add("Program", $$"""
        #pragma warning disable CS8981
        public static partial class Sample
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                try
                {
                    using (twait()) asap(mkevent());
                }
                finally
                {
                    trace.Add("ran");
                }

                done.Trigger();
            }
        }

        {{types}}
        """).Run());

    [Fact]
    public async Task A_function_of_the_users_may_be_called_nameof() => Assert.Equal("mine RunBody", await new Linked().Add("Program", """
        using static Functions;

        public static class Functions { public static string nameof(Action<List<string>, Event> body) => "mine"; }

        public static partial class Sample
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add(nameof((a, b) => { }));
                using (twait()) Call((name) => name + "Body", trace, mkevent());
                done.Trigger();
            }

            [Tamed] private static partial void Call(Func<string, string> nameof, List<string> trace, Event done);
            private static void CallBody(Func<string, string> nameof, List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add(nameof("Run"));
                done.Trigger();
            }
        }
        """).Run());

    [Fact]
    public void A_tamed_member_of_an_extension_block_is_the_compilers_to_refuse()
    {
        var compilation = Compiled.Compilation("""
            public static partial class Sample
            {
                extension(string text)
                {
                    [Tamed] public partial void Run(Event done);
                    private void RunBody(Event done) => done.Trigger();
                }
            }
            """);
        var (files, output) = Compiled.Generate(compilation);
        Assert.Empty(files);
        Assert.NotEmpty(Compiled.Problems(output));
    }

    private static IEnumerable<Type> Bases()
    {
        for (var type = typeof(Closure); type is not null; type = type.BaseType) yield return type;
    }
}
