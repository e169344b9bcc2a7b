namespace Demo;

public static partial class Choices
{
    [Tamed] public static partial void Run(int n, Event<string> done);

    private static void RunBody(int n, Event<string> done)
    {
        var text = "";
        // few or many?
        if (n < 10)
        {
            using (twait()) asap(mkevent());
            text = "few"; // but some
        }
        else if (n < 100)
        {
            text = "many";
        }
        else
        {
            using (twait()) asap(mkevent());
            done.Unblock();
            return;
        }

        if (n == 3) using (twait()) asap(mkevent());
        {
            var text2 = text + n;
            using (twait()) asap(mkevent());
            text += text2;
        }

        done.Trigger(text);
    }
}
