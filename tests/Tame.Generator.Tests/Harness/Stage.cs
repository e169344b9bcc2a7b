using System.Text.RegularExpressions;

namespace Tame.Generator.Tests.Harness;

/// <summary>
/// Puts a piece of code where it belongs: a file is used as it is, members go into a class, statements into a tamed body. The surrounding code declares what
/// the pieces may name.
/// </summary>
internal static partial class Stage
{
    private const string Props = """

        public struct Pair { public int A; public int[] Many; }
        public class Box
        {
            public int Value; public Pair Pair; public readonly int Fixed;
            public int Property { get; set; }
            public ref int ByRef() => ref Value;
            public ref int this[int index] => ref Value;
        }
        public partial class Sample
        {
            private int _field; private static int s_field; private Pair _pair; private volatile int _volatile;
            private static void Get(Event<int> e) => e.Trigger(1);
            private static void Use(object? o) { }
            private static bool Choose() => true;
        }
        """;

    public static string Set(string code) => IsFile(code) ? code : (IsMembers(code) ? Members(code) : Members(Body(code))) + Props;

    private static bool IsFile(string code) => FileStart().IsMatch(code.Replace("[|", "", StringComparison.Ordinal));

    private static bool IsMembers(string code) => MemberStart().IsMatch(code.Replace("[|", "", StringComparison.Ordinal));

    private static string Members(string code) => $"public partial class Sample\n{{\n{code}\n}}\n";

    private static string Body(string code) => $$"""
        [Tamed] public partial void Run(int n, int[] numbers, Box box, Event done);

        private void RunBody(int n, int[] numbers, Box box, Event done)
        {
        {{code}}
            done.Trigger();
        }
        """;

    [GeneratedRegex(@"^(using [\w.]+;|namespace |((public|internal|file|static|partial|sealed|abstract|readonly|unsafe) )*(class|struct|interface|record|enum) )", RegexOptions.Multiline)]
    private static partial Regex FileStart();

    [GeneratedRegex(@"^\s*(\[|public |private |internal |protected )")]
    private static partial Regex MemberStart();
}
