namespace Demo;

public static partial class Switches
{
    [Tamed] public static partial void Describe(object? value, Event<string> done);

    private static void DescribeBody(object? value, Event<string> done)
    {
        var text = "";
        switch (value)
        {
            // numbers
            case 0 or 1:
                text = "bit ";
                goto case null;
            case int n when n > 1:
                using (twait()) asap(mkevent());
                text = $"number {n}";
                break;
            case string { Length: var length } word:
                using (twait()) timer(TimeSpan.FromSeconds(length), mkevent());
                text = word;
                break;
            case null:
                text += "or nothing";
                break;
            default:
                done.Trigger("?");
                return;
        }

        done.Trigger(text);
    }
}
