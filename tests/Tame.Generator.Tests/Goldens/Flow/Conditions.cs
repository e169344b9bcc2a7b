using System.Data.SqlTypes;

namespace Demo;

public static partial class Conditions
{
    [Tamed] public static partial void Run(SqlBoolean known, Event done);

    private static void RunBody(SqlBoolean known, Event done)
    {
        if (known) using (twait()) asap(mkevent());
        while (known && !known) using (twait()) asap(mkevent());
        try
        {
            using (twait()) asap(mkevent());
        }
        catch (InvalidOperationException) when (known)
        {
            checked
            {
                do using (twait()) asap(mkevent());
                while (known | known);
            }
        }

        done.Trigger();
    }
}
