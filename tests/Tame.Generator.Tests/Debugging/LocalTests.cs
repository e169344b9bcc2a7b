using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Debugging;

/// <summary>Under which names a debugger shows the locals of a body.</summary>
public sealed class LocalTests
{
    private const string Source = """
        public static partial class Sample
        {
            [Tamed] public static partial void Run(int parameter, Event done);

            private static void RunBody(int parameter, Event done)
            {
                var kept = parameter;
                for (var i = 0; i < 3; i++)
                {
                    var captured = i;
                    System.Action use = () => captured++;
                    using (twait()) asap(mkevent());
                    use();
                }

                for (var i = 0; i < 3; i++) using (twait()) asap(mkevent());
                var plain = kept + 1;
                int.TryParse("1", out var parsed);
                if (plain > parsed) { var inner = plain; kept = inner; }
                done.Trigger();
            }
        }
        """;

    [Fact]
    public void Kept_locals_and_parameters_are_fields_under_their_own_names()
    {
        var fields = Emitted().Fields();
        Assert.Equal(["__type", "parameter", "done", "kept", "i", "use", "i__2", "__scope1"], fields["Run__Closure"]);
        Assert.Equal(["captured"], fields["Run__Scope1"]);
    }

    [Fact]
    public void Other_locals_are_locals_under_their_own_names()
    {
        var resume = Emitted().Methods().Single(method => method.Name == "Run__Resume");
        Assert.Equal(["inner", "parsed", "plain"], resume.Locals.Where(name => !name.StartsWith("__", StringComparison.Ordinal) && !name.Contains('$', StringComparison.Ordinal)).Order());
    }

    private static Emitted Emitted() => Debugging.Emitted.Emit(Compiled.Generate(Compiled.Compilation(Source)).Output);
}
