# The captcha: to know that the sender is not a machine.
captcha-label = Security code
captcha-hint = Type the { $n } digits in the picture. If you cannot read them, press “Listen to the code”.
captcha-picture = A picture of { $n } digits
captcha-listen = Listen to the code
captcha-another = Another picture
captcha-reveal = Type the code myself
captcha-working = Checking by itself, there is nothing you need to do…
captcha-waiting = Checking; the form will be sent as soon as that is done…
captcha-done = Checked, no code needed
captcha-demo = Demonstration: the security code is { $answer }
captcha-missing = Type the security code
captcha-wrong = The security code is wrong. There is another picture: type its code
captcha-expired = The security code expired after 10 minutes. Type the new one
captcha-used = This security code was used before. Type the new one
captcha-void = The security code can no longer be used. Type the new one
