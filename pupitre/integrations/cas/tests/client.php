<?php
// A service that asks phpCAS who is there: the client of a large part of French services. Served by « php -S ».
require '/usr/share/php/CAS.php';
$cas = getenv('CAS_URL');
$self = 'http://' . $_SERVER['HTTP_HOST'] . '/';
session_save_path(getenv('CAS_SESSIONS'));
phpCAS::client(constant(getenv('CAS_WORDS')), parse_url($cas, PHP_URL_HOST), parse_url($cas, PHP_URL_PORT), '/cas', $self, true);
phpCAS::setNoCasServerValidation();
phpCAS::setServerLoginURL("$cas/login?service=" . urlencode($self));
phpCAS::setServerServiceValidateURL("$cas/p3/serviceValidate");
phpCAS::setServerSamlValidateURL("$cas/samlValidate?TARGET=" . urlencode($self));
phpCAS::setFixedServiceURL($self);
phpCAS::handleLogoutRequests(false);
phpCAS::forceAuthentication();
header('Content-Type: application/json');
echo json_encode(['user' => phpCAS::getUser(), 'attributes' => phpCAS::getAttributes()]);
