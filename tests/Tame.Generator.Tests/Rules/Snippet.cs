using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

/// <summary>A page's code as in a user's project: a type as it is, members in a separate class.</summary>
internal static partial class Snippet
{
    public static CSharpCompilation Compilation(string code) => Compiled.Compilation(
        Type().IsMatch(code) ? code : $"public partial class Example\n{{\n{code}\n}}\n",
        "global using System.Threading.Tasks;",
        "global using Tame.Orleans; namespace Tame.Orleans { public sealed class TamedGrainAttribute : System.Attribute; }");

    [GeneratedRegex(@"^(\[TamedGrain\]\s+)?((public|internal|file|static|partial) )+(class|struct|interface) ")]
    private static partial Regex Type();
}
