using System.Text.RegularExpressions;

namespace Tame.Language.Tests.Differential;

/// <summary>
/// For each kind of statement that the generator once got wrong, a fault of that kind is planted in the generated code. The matrix, and so the random programs, which
/// write the same kinds, must see it. The table in README.md of this project says what writes each kind.
/// </summary>
public sealed class PlantedFaultTests
{
    /// <summary>A cell of the matrix, what is replaced in its generated code, by what, and what the comparison then says.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "labeled using", @"__tame::BodyServices\.Dispose\(ref __c\.h\);", "", "Differs" },
        { "keyword label", "@if", "if", "Miscompiled: CS1003" },
        { "filter variables", @"(?<=24, __c\.v \+ )__c\.w", "F", "Differs" },
        { "filter that runs twice", @"__c\.__scope1 is", "(__c.__scope1 = new Main__Scope1()) is", "Differs" },
        { "if of truth", @"\((\(__c\.t\.Maybe\(\)\)) \? false : true\)", "(!$1)", "Miscompiled: CS0023" },
        { "dynamic conditions", @"\((\(\(dynamic\)__c\.t\.Unknown\(\)\)) \? false : true\)", "(!$1)", "Differs" },
        { "spans in blocks", "Span<int> u = ", "scoped Span<int> u = ", "Miscompiled: CS8352" },
        { "query variables", @"(?<=out )__c\.m", "int m", "Differs" },
        { "caller information", @", text: ""i \+ 1""", "", "Differs" },
        { "exhaustive switch", @"case false:\s+(#line[^\n]*\s+)?goto __case2;", "", "Differs" },
        { "keywords", @"__c\.@class", "__c.class", "Miscompiled: CS1001" },
        { "checked functions", @"checked \{(?=\s+(#line[^\n]*\s+)?__c\.__scope1\.n \+= 2)", "{", "Differs" },
        { "using a ref struct", @"h\.Dispose\(\);", "", "Differs" },
        { "extensions", @"__c\.g\.Raise", "(__c.g with { }).Raise", "Miscompiled: CS1510" },
        { "unreached waits", "var o =", "if (__c.State > 0) goto __if1_end; var o =", "Miscompiled: CS0165" },
        { "names of tuples", @"\(__c\.v__2, __c\.v__2\)", "(v: __c.v__2, v: __c.v__2)", "Miscompiled: CS8127" },
        { "foreach over an inline array", "(?<=__index1 < )4", "3", "Differs" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_each_kind_is_seen(string kind, string part, string replacement, string said)
    {
        string program = MatrixTests.ProgramOf(kind);
        Assert.Equal(Outcome.Same, Batch.Compare(program).Outcome);
        Assert.StartsWith(said, Batch.Compare(program, text => Regex.Replace(text, part, replacement)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_the_cell_of_each_kind()
    {
        string[] rows = [.. File.ReadLines(FoundPrograms.Page).Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.Equal(Faults.Count, rows.Length - 1);
        Assert.All(Faults, fault => Assert.Contains(rows, row => row.Contains($"| {fault.Data.Item1} |", StringComparison.Ordinal)));
    }
}
