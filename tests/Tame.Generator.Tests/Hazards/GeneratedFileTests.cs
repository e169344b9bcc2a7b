using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Hazards;

/// <summary>The names of generated files and the attributes of their members. The compiler reports nothing about them.</summary>
public sealed class GeneratedFileTests
{
    [Fact]
    public void A_warning_about_a_body_comes_once_and_from_the_users_file()
    {
        var (files, output) = Compiled.Generate(Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Run(string? text, Event done);
                private static void RunBody(string? text, Event done)
                {
                    int unused = 1;
                    using (twait()) asap(mkevent());
                    Old(text.Length);
                    System.Func<int> length = () => text.Length + Old(1);
                    done.Trigger();
                    return;
                    done.Trigger();
                }

                [Obsolete] private static int Old(int value) => value;
            }
            """));
        Assert.Single(files);
        var warnings = Compiled.Problems(output, DiagnosticSeverity.Warning).ToList();
        Assert.Equal("CS0162 CS0219 CS0612 CS0612 CS8602", string.Join(" ", warnings.Select(w => w.Id).Order(StringComparer.Ordinal)));
        Assert.All(warnings, warning => Assert.Equal("Sample.cs", warning.Location.SourceTree!.FilePath));
    }

    [Fact]
    public void Hint_names_differ_without_their_case_and_stay_short()
    {
        var deep = string.Concat(Enumerable.Range(0, 30).Select(i => $".AVeryLongNamespace{i}"));
        const string Methods = """
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done) => done.Trigger();
            [Tamed] public static partial void run(Event done);
            private static void runBody(Event done) => done.Trigger();
            [Tamed] public static partial void Run(Event<int> done);
            private static void RunBody(Event<int> done) => done.Trigger(1);
            [Tamed] public static partial void Run<T>(Event done);
            private static void RunBody<T>(Event done) => done.Trigger();
            """;
        var (files, output) = Compiled.Generate(Compiled.Compilation($$"""
            namespace Deep{{deep}}
            {
                public static partial class Sample
                {
                    {{Methods}}
                    public static partial class Inner { {{Methods}} }
                    public static partial class Inner<T> { {{Methods.Replace("Run<T>", "Run<U>", StringComparison.Ordinal).Replace("RunBody<T>", "RunBody<U>", StringComparison.Ordinal)}} }
                }

                public static partial class sample { {{Methods}} }
            }
            """));
        Assert.Empty(Compiled.Problems(output));
        Assert.Equal(16, files.Select(file => file.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, file => Assert.InRange(file.HintName.Length, 1, 100));
    }

    [Fact]
    public void Attributes_that_tools_look_for_stand_on_the_method_that_has_the_code()
    {
        var (files, output) = Compiled.Generate(Compiled.Compilation("""
            using System.Diagnostics.CodeAnalysis;
            public static partial class Sample
            {
                [Tamed, RequiresUnreferencedCode("reads")] public static partial void Run(Event done);
                [RequiresUnreferencedCode("reads")] private static void RunBody(Event done)
                {
                    using (twait()) asap(mkevent());
                    typeof(Sample).GetMethods();
                    done.Trigger();
                }
            }
            """));
        Assert.Empty(Compiled.Problems(output, DiagnosticSeverity.Warning));
        var resume = output.GetTypeByMetadataName("Sample")!.GetMembers("Run__Resume").Single();
        Assert.Contains(resume.GetAttributes(), attribute => attribute.AttributeClass!.Name == "RequiresUnreferencedCodeAttribute");
        Assert.Single(files);
    }

    [Fact]
    public void Members_of_the_users_may_be_called_like_scope_classes_and_moved_functions()
    {
        var (_, output) = Compiled.Generate(Compiled.Compilation("""
            public static partial class Sample
            {
                private static int Run__Scope1 = 1;
                private static int Run__Count__() => Run__Scope1;
                [Tamed] public static partial void Run(List<Func<int>> all, Event done);
                private static void RunBody(List<Func<int>> all, Event done)
                {
                    int n = Run__Count__();
                    all.Add(Count);
                    using (twait()) asap(mkevent());
                    int Count() => n++;
                    done.Trigger();
                }
            }
            """));
        Assert.Empty(Compiled.Problems(output));
    }

    [Fact]
    public void Types_of_parameters_may_have_any_name()
    {
        var (files, output) = Compiled.Generate(Compiled.Compilation("""
            using Map = System.Collections.Generic.Dictionary<string, N.Phase>;
            using static N.Outer<int>;
            namespace N
            {
                public class Phase; public class Marks; public class Block; public class Closure; public class Slot<T>; public class Source; public class Work;
                public class FirstCell; public class State; public class Type; public class @class; public class __tame;
                public class Outer<T> { public class Inner; public class Event<U>; }
            }

            namespace N.Deep
            {
                using One = N.Outer<string>.Inner;
                public partial class Sample : Outer<long>
                {
                    public class Own<T>;
                    [Tamed] public static partial void Run(
                        Phase Phase, Marks? marks, Block[] Closure, Closure Block, Slot<Own<Inner>>? Slot, Source[,][] source, Work Work, FirstCell f, State State, Type Type,
                        @class it, __tame tame, Map map, One one, Inner inner, Event<Sample> nested,
                        (int /* first */ A, Phase? B) pair, System
                            .Func<Phase> lines, Tame.Event done);
                    private static void RunBody(
                        Phase Phase, Marks? marks, Block[] Closure, Closure Block, Slot<Own<Inner>>? Slot, Source[,][] source, Work Work, FirstCell f, State State, Type Type,
                        @class it, __tame tame, Map map, One one, Inner inner, Event<Sample> nested,
                        (int /* first */ A, Phase? B) pair, System
                            .Func<Phase> lines, Tame.Event done)
                    {
                        int n = 0;
                        Func<int> later = () => n++;
                        using (twait()) asap(mkevent());
                        Phase = Phase; nested = nested; inner = inner; one = one; later();
                        done.Trigger();
                    }
                }
            }
            """));
        Assert.Empty(Compiled.Problems(output));
        Assert.Single(files);
    }

    [Fact]
    public void Types_of_parameters_may_contain_type_parameters()
    {
        var (_, output) = Compiled.Generate(Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Run<T>((int A, T B) pair, List<T> all, dynamic any, Event<T> done) where T : class;
                private static void RunBody<T>((int A, T B) pair, List<T> all, dynamic any, Event<T> done) where T : class
                {
                    using (twait()) asap(mkevent());
                    done.Trigger(all[pair.A]);
                }
            }
            """));
        Assert.Empty(Compiled.Problems(output));
    }

    [Fact]
    public void An_event_that_is_assigned_may_be_called_error()
    {
        var (_, output) = Compiled.Generate(Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Run(Event error, Event other);
                private static void RunBody(Event error, Event other)
                {
                    using (twait()) asap(mkevent());
                    error = other;
                    using (twait()) asap(mkevent());
                    error.Trigger();
                }
            }
            """));
        Assert.Empty(Compiled.Problems(output));
    }

    /// <summary>A type in a closure's base class would hide the user's type with that name.</summary>
    [Fact]
    public void Base_classes_of_closures_have_no_types_that_closures_see()
    {
        for (var at = Compiled.Compilation().GetTypeByMetadataName("Tame.CompilerServices.Closure"); at is not null; at = at.BaseType)
            Assert.All(at.GetTypeMembers(), type => Assert.Equal(Accessibility.Private, type.DeclaredAccessibility));
    }
}
