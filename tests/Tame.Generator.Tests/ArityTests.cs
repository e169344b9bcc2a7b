namespace Tame.Generator.Tests;

/// <summary>
/// The runtime's files for three and four values differ from the file for two only in their lists. With <c>TAME_ACCEPT=1</c> in the environment they are
/// rewritten in place. Review the diff.
/// </summary>
public sealed class ArityTests
{
    private static readonly bool s_accept = Environment.GetEnvironmentVariable("TAME_ACCEPT") == "1";
    private static readonly string[] s_lists = ["T# value#", "T#", "value#", "values.Item#"];
    private static readonly string[] s_numbers = ["", "one", "two", "three", "four"];
    private static readonly string[] s_ordinals = ["", "first", "second", "third", "fourth"];

    [Theory]
    [InlineData("Event", 3)]
    [InlineData("Event", 4)]
    [InlineData("Events/Completion", 3)]
    [InlineData("Events/Completion", 4)]
    [InlineData("Events/TriggerMessage", 3)]
    [InlineData("Events/TriggerMessage", 4)]
    public void A_file_for_more_values_is_the_file_for_two_with_longer_lists(string file, int arity)
    {
        var path = $"src/Tame.Runtime/{file}{arity}.cs";
        var expected = Widened(Repository.Read($"src/Tame.Runtime/{file}2.cs"), arity);
        if (s_accept) File.WriteAllText(Path.Combine(Repository.Root, path), expected);
        Assert.Equal(expected, Repository.Read(path));
    }

    /// <summary>A line about only the second value is repeated for each further value. Then each list of two grows, and so do the words "two values".</summary>
    private static string Widened(string text, int arity)
    {
        text = string.Join('\n', text.Split('\n').SelectMany(line => Repeated(line, arity)));
        foreach (var item in s_lists)
            text = text.Replace(List(item, 2), List(item, arity), StringComparison.Ordinal);
        return text.Replace("two values", $"{s_numbers[arity]} values", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Repeated(string line, int arity)
    {
        var isAboutTheSecond = Names(line, 2) && !Names(line, 1);
        return isAboutTheSecond ? Enumerable.Range(2, arity - 1).Select(number => About(number, line)) : [line];
    }

    private static bool Names(string line, int number) =>
        line.Contains($"T{number}", StringComparison.Ordinal) || line.Contains($"value{number}", StringComparison.Ordinal);

    private static string About(int number, string line) => line
        .Replace("T2", $"T{number}", StringComparison.Ordinal)
        .Replace("value2", $"value{number}", StringComparison.Ordinal)
        .Replace("second", s_ordinals[number], StringComparison.Ordinal)
        .Replace("Write(1, ", $"Write({number - 1}, ", StringComparison.Ordinal);

    private static string List(string item, int arity) =>
        string.Join(", ", Enumerable.Range(1, arity).Select(number => item.Replace("#", $"{number}", StringComparison.Ordinal)));
}
