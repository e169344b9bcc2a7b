namespace Tame.Language.Tests.Shapes;

/// <summary>What is new in C# 14, in bodies and in the types around them.</summary>
public sealed partial class CSharp14Tests
{
    [Fact]
    public void Extension_members_are_used_in_a_body_and_stand_beside_tamed_methods() => Assert.Equal("3 cba True made! shown", Trace.Of(Extended));

    [Tamed] private static partial void Extended(Trace trace, Event done);

    private static void ExtendedBody(Trace trace, Event done)
    {
        var text = "abc";
        using (twait()) asap(mkevent());
        trace.Add(text.Size);
        trace.Add(text.Backwards());
        trace.Add(text.Told() == "text");
        trace.Add(string.Made + '!');
        using (twait()) text.Show(trace, mkevent());
        done.Trigger();
    }

    [Fact]
    public void A_null_conditional_assignment_evaluates_its_value_only_where_there_is_a_target() => Assert.Equal("5 8 calls:2 -", Trace.Of(Conditional));

    [Tamed] private static partial void Conditional(Trace trace, Event done);

    private static void ConditionalBody(Trace trace, Event done)
    {
        var calls = 0;
        Node? node = new(), none = null;
        using (twait()) asap(mkevent());
        node?.Value = Count(5);
        none?.Value = Count(6);
        none?.Next?.Value += Count(7);
        using (twait()) asap(mkevent());
        trace.Add(node?.Value);
        node?.Value += Count(3);
        using (twait()) asap(mkevent());
        trace.Add(node?.Value);
        trace.Add("calls:" + calls);
        trace.Add(none?.Value is null ? "-" : "?");
        done.Trigger();

        int Count(int n)
        {
            calls++;
            return n;
        }
    }

    private sealed class Node
    {
        public int Value { get; set => field = value > 0 ? value : field; }

        public Node? Next { get; set; }
    }

    [Fact]
    public void An_assignment_of_the_users_own_changes_a_kept_value_in_place() => Assert.Equal("6 7 1", Trace.Of(Compound));

    [Tamed] private static partial void Compound(Trace trace, Event done);

    private static void CompoundBody(Trace trace, Event done)
    {
        var sum = new Sum();
        var box = new Sum[1];
        using (twait()) asap(mkevent());
        sum += 5;
        using (twait()) asap(mkevent());
        sum += 1;
        trace.Add(sum.Total);
        ++sum;
        trace.Add(sum.Total);
        box[0] += 1;
        trace.Add(box[0].Total);
        done.Trigger();
    }

    private struct Sum
    {
        public int Total { get; private set; }

        public void operator +=(int n) => Total += n;

        public void operator ++() => Total++;
    }

    private delegate bool TryParse<T>(string text, out T value);

    [Fact]
    public void Lambda_parameters_have_modifiers_without_types_and_spans_come_by_themselves() => Assert.Equal("12 3 List`1 List 2", Trace.Of(Lambdas));

    [Tamed] private static partial void Lambdas(Trace trace, Event done);

    private static void LambdasBody(Trace trace, Event done)
    {
        var offset = 10;
        TryParse<int> parse = (text, out value) =>
        {
            var parsed = int.TryParse(text, out value);
            value += offset;
            return parsed;
        };
        int[] numbers = [1, 2, 3];
        using (twait()) asap(mkevent());
        if (parse("2", out var result)) trace.Add(result);
        trace.Add(Length(numbers));
        trace.Add(typeof(List<>).Name);
        trace.Add(nameof(List<>));
        trace.Add(numbers.IndexOf(3));
        done.Trigger();
    }

    private static int Length(ReadOnlySpan<int> numbers) => numbers.Length;

    [Fact]
    public void Partial_constructors_and_events_stand_beside_tamed_methods() => Assert.Equal("made raised", Trace.Of(new Partials("made").Show));

    private sealed partial class Partials
    {
        private readonly string _text;
        private Action? _raised;

        public partial Partials(string text);

        public partial event Action Raised;

        [Tamed] public partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add(_text);
            Raised += () => trace.Add("raised");
            _raised?.Invoke();
            done.Trigger();
        }
    }

    private sealed partial class Partials
    {
        public partial Partials(string text) => _text = text;

        public partial event Action Raised
        {
            add => _raised += value;
            remove => _raised -= value;
        }
    }
}

internal static partial class TextExtensions
{
    extension(string text)
    {
        public int Size => text.Length;

        public static string Made => "made";

        public string Backwards() => new([.. text.Reverse()]);

        public string Told([System.Runtime.CompilerServices.CallerArgumentExpression(nameof(text))] string told = "") => told;
    }

    [Tamed] public static partial void Show(this string text, Trace trace, Event done);

    private static void ShowBody(string text, Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add(text.Size > 0 ? "shown" : "?");
        done.Trigger();
    }
}
