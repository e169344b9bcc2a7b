using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Shapes;

/// <summary>Tamed methods that call, override, and inherit each other across assemblies.</summary>
public sealed class AcrossAssembliesTests
{
    [Fact]
    public async Task Public_internal_and_protected_methods_are_called_from_another_assembly() => Assert.Equal(
        "public internal:5 protected", await new Linked().Add("Library", """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Program")]

        public partial class Library
        {
            [Tamed] public static partial void Public(List<string> trace, Event done);
            private static void PublicBody(List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("public");
                done.Trigger();
            }

            [Tamed] internal static partial void Internal(List<string> trace, Event<int> done, int n = 5);
            private static void InternalBody(List<string> trace, Event<int> done, int n)
            {
                using (twait()) asap(mkevent());
                done.Trigger(n);
            }

            [Tamed] protected partial void Protected(List<string> trace, Event done);
            private void ProtectedBody(List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("protected");
                done.Trigger();
            }
        }
        """).Add("Program", """
        public partial class Sample : Library
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                using (twait()) Public(trace, mkevent());
                int n;
                using (twait()) Internal(trace, mkevent(out n));
                trace.Add("internal:" + n);
                using (twait()) new Sample().Inherited(trace, mkevent());
                done.Trigger();
            }

            [Tamed] private partial void Inherited(List<string> trace, Event done);
            private void InheritedBody(List<string> trace, Event done)
            {
                using (twait()) Protected(trace, mkevent());
                done.Trigger();
            }
        }
        """).Run());

    [Fact]
    public async Task Virtual_methods_are_overridden_in_another_assembly_and_call_back() => Assert.Equal(
        "derived:x base:x derived:y base:y internal+derived leaf default:z", await new Linked().Add("Library", """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Program")]

        public abstract partial class Base<T>
        {
            [Tamed] public virtual partial void Show(T value, List<string> trace, Event done);
            private void ShowBody(T value, List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("base:" + value);
                done.Trigger();
            }

            [Tamed] public partial void Twice(T a, T b, List<string> trace, Event done);
            private void TwiceBody(T a, T b, List<string> trace, Event done)
            {
                using (twait()) Show(a, trace, mkevent());
                using (twait()) Show(b, trace, mkevent());
                using (twait()) Internal(trace, mkevent());
                using (twait()) Leaf<List<T>>(trace, mkevent());
                done.Trigger();
            }

            [Tamed] protected internal virtual partial void Internal(List<string> trace, Event done);
            private void InternalBody(List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("?");
                done.Trigger();
            }

            protected abstract void Leaf<U>(List<string> trace, Event done) where U : class, IEnumerable<T>, new();
        }

        public partial interface IDefault<T>
        {
            [Tamed] public virtual partial void Default(T value, List<string> trace, Event done);
            private void DefaultBody(T value, List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("default:" + value);
                done.Trigger();
            }
        }
        """).Add("Middle", """
        public partial class Derived : Base<string>, IDefault<char>
        {
            [Tamed] public override partial void Show(string value, List<string> trace, Event done);
            private void ShowBody(string value, List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("derived:" + value);
                using (twait()) base.Show(value, trace, mkevent());
                done.Trigger();
            }

            [Tamed] protected override partial void Internal(List<string> trace, Event done);
            private void InternalBody(List<string> trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("internal+derived");
                done.Trigger();
            }

            [Tamed] protected sealed override partial void Leaf<U>(List<string> trace, Event done);
            private void LeafBody<U>(List<string> trace, Event done) where U : class, IEnumerable<string>, new()
            {
                var made = new U();
                using (twait()) asap(mkevent());
                trace.Add(made.Any() ? "?" : "leaf");
                done.Trigger();
            }
        }
        """).Add("Program", """
        public sealed partial class Sample : Derived
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                using (twait()) new Sample().Twice("x", "y", trace, mkevent());
                using (twait()) ((IDefault<char>)new Sample()).Default('z', trace, mkevent());
                done.Trigger();
            }
        }
        """).Run());

    [Fact]
    public async Task Types_of_an_aliased_assembly_are_kept_and_passed_and_tell_overloads_apart() => Assert.Equal(
        "old:1 new:2 made:1 1", await new Linked().Add("Old", "namespace Parts { public class Part { public int Version => 1; public class Inner<T> { } } public enum Kind { None } }", alias: "old")
        .Add("New", "extern alias old; namespace Parts { public class Part { public int Version => 2; public old::Parts.Part Old => new(); } }")
        .Add("Program", """
        extern alias old;
        using Parts;
        using OldPart = old::Parts.Part;

        public static partial class Sample
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                using (twait()) Show(new OldPart(), trace, mkevent());
                using (twait()) Show(new Part(), trace, mkevent());
                var made = new Part().Old;
                OldPart slot;
                var all = new Dictionary<OldPart, old::Parts.Part.Inner<Part>[]>();
                using (twait()) mkevent(out slot).Trigger(new OldPart());
                trace.Add("made:" + made.Version);
                all[slot] = [];
                trace.Add(all.Count.ToString());
                done.Trigger();
            }

            [Tamed] private static partial void Show(OldPart part, List<string> trace, Event done, old::Parts.Kind kind = default);
            [Tamed] private static partial void Show(Part part, List<string> trace, Event done, old::Parts.Kind kind = default);
            private static void ShowBody(OldPart part, List<string> trace, Event done, old::Parts.Kind kind)
            {
                using (twait()) asap(mkevent());
                trace.Add("old:" + part.Version);
                done.Trigger();
            }

            private static void ShowBody(Part part, List<string> trace, Event done, old::Parts.Kind kind)
            {
                using (twait()) asap(mkevent());
                trace.Add("new:" + part.Version);
                done.Trigger();
            }
        }
        """).Run());

    [Fact]
    public async Task A_type_of_an_aliased_assembly_needs_no_alias_in_the_bodys_file() => Assert.Equal(
        "1", await new Linked().Add("Old", "public class Part { public int Version => 1; }", alias: "old")
        .Add("Middle", "extern alias old; public static class Maker { public static old::Part Make() => new(); }")
        .Add("Program", """
        public static partial class Sample
        {
            [Tamed] public static partial void Run(List<string> trace, Event done);
            private static void RunBody(List<string> trace, Event done)
            {
                var made = Maker.Make();
                using (twait()) asap(mkevent());
                trace.Add(made.Version.ToString());
                done.Trigger();
            }
        }
        """).Run());

    [Fact]
    public async Task A_program_of_top_level_statements_has_tamed_methods_in_its_partial_class() => Assert.Equal("8 main", await new Linked().Add("Program", """
        using System.Text;

        var text = new StringBuilder("main");
        EventLoop.Run(done => Run([], text, done));
        await Task.Yield();
        Console.WriteLine(text);

        public partial class Program
        {
            [Tamed] internal static partial void Run(List<string> trace, StringBuilder written, Event done);
            private static void RunBody(List<string> trace, StringBuilder written, Event done)
            {
                var text = new StringBuilder("main");
                using (twait()) asap(mkevent());
                trace.Add((text.Length + written.Length).ToString());
                trace.Add(text.ToString());
                done.Trigger();
            }
        }

        public static class Sample
        {
            public static void Run(List<string> trace, Event done) => Program.Run(trace, new("text"), done);
        }
        """, kind: OutputKind.ConsoleApplication).Run());
}
