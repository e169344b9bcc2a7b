using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.Generator.Tests.Incrementality;

/// <summary>What the pipeline keeps between runs must not keep a compilation alive: no step's output reaches any Roslyn object.</summary>
public sealed class ReachableTests
{
    private static readonly Type[] s_roslyn =
        [typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(Location), typeof(SemanticModel), typeof(IOperation), typeof(AttributeData), typeof(Diagnostic)];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var input in GoldenTests.Inputs())
                foreach (var step in new[] { TrackingNames.Keyed, TrackingNames.Bound, TrackingNames.Lowered, TrackingNames.Emitted }) data.Add(input.Data, step);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_of_Roslyns_is_reachable_from_what_a_step_hands_on(string input, string step)
    {
        var values = Pipeline.Run(Repository.Read(input)).Values(step).ToList();
        Assert.NotEmpty(values);
        Assert.Empty(values.SelectMany(Foreign));
    }

    [Fact]
    public void What_is_hidden_deep_is_found()
    {
        var tree = CSharpSyntaxTree.ParseText("class C;", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["CSharpSyntaxTree"], Foreign(new List<object?> { new { A = new KeyValuePair<string, object?>("x", new Func<object>(() => tree)) } }).Select(type => type.BaseType!.Name));
        Assert.Equal([typeof(Compilation)], Foreign((1, new Lazy<object>(CSharpCompilation.Create("c")))).Select(type => type.BaseType));
        Assert.Empty(Foreign(new { A = "x", B = new[] { 1, 2 }, C = (object?)null }));
    }

    /// <summary>
    /// The first Roslyn object on each path from a root, found by a walk over all fields, including those of base types and arrays' elements.
    /// </summary>
    private static IEnumerable<Type> Foreign(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.TryPop(out var value))
        {
            if (value is null or string or Type or Pointer || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value))) continue;
            if (s_roslyn.Any(type => type.IsAssignableFrom(value.GetType())))
            {
                yield return value.GetType();
                continue;
            }

            if (value is Array array)
                foreach (var item in (IEnumerable)array) open.Push(item);
            foreach (var field in Fields(value.GetType())) open.Push(field.GetValue(value));
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)) yield return field;
        }
    }
}
